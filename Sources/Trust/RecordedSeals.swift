import Encodings
import Signing

/// The seals of a compromised key that were durably recorded before the compromise: only these stand.
///
/// The file is the sorted concatenation of 16-byte prefixes of SHA-256 over each seal's signed bytes;
/// the trust list binds it by its digest. docs/formats/trust-list.md specifies both.
package struct RecordedSeals: Equatable, Sendable {
    package static let entryByteCount = 16
    package let bytes: [UInt8]

    package var count: Int { bytes.count / Self.entryByteCount }

    /// - Parameter entries: from ``entry(of:)``.
    package init(entries: [[UInt8]]) {
        bytes = Array(entries.sorted { $0.lexicographicallyPrecedes($1) }.joined())
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// - Parameter signedBytes: the COSE `Sig_structure`; never the signature, which can be varied.
    package static func entry(of signedBytes: [UInt8]) throws(SigningError) -> [UInt8] {
        Array(try SHA256.digest(signedBytes).prefix(entryByteCount))
    }

    /// What the trust list says of the file.
    package var reference: TrustList.Key.Recorded {
        get throws(SigningError) {
            TrustList.Key.Recorded(count: count, sha256: Base64URL.encode(try SHA256.digest(bytes)))
        }
    }

    package func contains(_ signedBytes: [UInt8]) throws(SigningError) -> Bool {
        let entry = try Self.entry(of: signedBytes)
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            // bounded: the middle is one of the entries.
            let found = bytes[middle * Self.entryByteCount..<(middle + 1) * Self.entryByteCount]
            if found.elementsEqual(entry) { return true }
            if found.lexicographicallyPrecedes(entry) { low = middle + 1 } else { high = middle }
        }
        return false
    }
}
