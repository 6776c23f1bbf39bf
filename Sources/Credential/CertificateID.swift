import Encodings

/// The random 128-bit identity of one certificate, kept through corrections and reprints.
package struct CertificateID: Hashable, Sendable {
    package static let byteCount = 16
    package let bytes: [UInt8]

    /// Nil unless there are exactly 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}

extension CertificateID: CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}
