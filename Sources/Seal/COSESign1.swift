import Encodings
import Errors

/// A single-signer COSE message (RFC 9052 §4.2), before anything about it is believed.
package struct COSESign1: Sendable {
    package static let tag: UInt64 = 18

    /// The parts of a COSE header that Signet reads.
    package struct Headers: Equatable, Sendable {
        package var algorithm: Int?
        package var keyID: [UInt8]?
        /// `typ` (RFC 9596), which seals have not.
        package var type: String?
        /// Whether there is anything but algorithm and key.
        package var hasOthers = false
        package var isEmpty: Bool { algorithm == nil && keyID == nil && !hasOthers }
    }

    /// Exactly the bytes that were signed; they are never encoded anew.
    package let protectedBytes: ArraySlice<UInt8>
    package let protected: Headers
    package let unprotected: Headers
    package let payload: ArraySlice<UInt8>
    package let signature: ArraySlice<UInt8>

    /// - Parameter isTagged: whether tag 18 must stand in front, or must not.
    package init(decoding bytes: [UInt8], isTagged: Bool = true) throws(FormatError) {
        var reader = CBORReader(bytes)
        if isTagged {
            guard try reader.readTag() == Self.tag else {
                throw FormatError(.wrongTag, zh: "CBOR 标签不是 18（COSE_Sign1）", en: "the CBOR tag is not 18 (COSE_Sign1)")
            }
        }
        guard try reader.readArrayHead() == 4 else {
            throw FormatError(.wrongType, zh: "COSE_Sign1 应有四个部分", en: "COSE_Sign1 has four parts")
        }
        protectedBytes = try reader.readBytes()
        if protectedBytes.isEmpty {
            protected = Headers()
        } else {
            var headerReader = CBORReader(protectedBytes)
            protected = try Self.readHeaders(&headerReader)
            try headerReader.finish()
        }
        unprotected = try Self.readHeaders(&reader)
        payload = try reader.readBytes()
        signature = try reader.readBytes()
        try reader.finish()
    }

    /// Whether these are the first bytes of a message of four parts in its tag.
    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xD2, 0x84]) }

    /// Whether these bytes are a message's parts from its tag to its end, whatever is in them.
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        var reader = CBORReader(bytes)
        do throws(FormatError) {
            guard try reader.readTag() == tag, try reader.readArrayHead() == 4 else { return false }
            _ = try reader.readBytes()
            try reader.readMap { (_, reader) throws(FormatError) in try reader.skip() }
            _ = try reader.readBytes()
            _ = try reader.readBytes()
            try reader.finish()
            return true
        } catch { return false }
    }

    /// What the signature is over: `["Signature1", protected, external_aad, payload]` (§4.4), where an
    /// empty protected header is a zero-length string however it was sent.
    package func signedBytes(externalAAD: [UInt8] = []) -> [UInt8] {
        Self.signedBytes(
            protected: protected.isEmpty ? [] : protectedBytes, externalAAD: externalAAD, payload: payload)
    }

    package static func signedBytes(
        protected: ArraySlice<UInt8>, externalAAD: [UInt8] = [], payload: ArraySlice<UInt8>
    ) -> [UInt8] {
        var writer = CBORWriter(reservingCapacity: payload.count + protected.count + 24)
        writer.writeArrayHead(count: 4)
        writer.writeText("Signature1")
        writer.writeBytes(protected)
        writer.writeBytes(externalAAD)
        writer.writeBytes(payload)
        return writer.bytes
    }

    private static func readHeaders(_ reader: inout CBORReader) throws(FormatError) -> Headers {
        var headers = Headers()
        try reader.readMap { (key, reader) throws(FormatError) in
            switch key {
            case .integer(1): headers.algorithm = try reader.readInteger()
            case .integer(4): headers.keyID = Array(try reader.readBytes())
            case .integer(16) where reader.isAtText:
                headers.hasOthers = true
                headers.type = try reader.readText()
            default:
                headers.hasOthers = true
                try reader.skip()
            }
        }
        return headers
    }
}
