import Credential
import Encodings
import Signing

/// The exact bytes of a certificate that wait for a signature. What is signed is these bytes, never a
/// later encoding of the same certificate.
package struct PreparedSeal: Equatable, Sendable {
    /// At most, of tag, headers and signature around a payload.
    package static let envelopeByteCount = 92

    package let protectedHeader: [UInt8]
    package let payload: [UInt8]

    package init(_ claims: CertificateClaims, key: PublicKey) throws(FormatError) {
        protectedHeader = Self.header(for: key)
        payload = try claims.encoded()
    }

    /// Takes up stored bytes again, as they are.
    package init(storedPayload payload: [UInt8], key: PublicKey) {
        self.init(storedPayload: payload, protectedHeader: Self.header(for: key))
    }

    /// - Parameter protectedHeader: of the key that signs; the same for all that it signs.
    package init(storedPayload payload: [UInt8], protectedHeader: [UInt8]) {
        self.protectedHeader = protectedHeader
        self.payload = payload
    }

    package static func header(for key: PublicKey) -> [UInt8] {
        var writer = CBORWriter(reservingCapacity: 16)
        writer.writeMapHead(count: 2)
        writer.writeInteger(1)
        writer.writeInteger(key.algorithm.coseIdentifier)
        writer.writeInteger(4)
        writer.writeBytes(key.kid.bytes)
        return writer.bytes
    }

    /// The COSE `Sig_structure`.
    package var bytesToSign: [UInt8] {
        COSESign1.signedBytes(protected: protectedHeader[...], payload: payload[...])
    }

    /// The finished seal.
    package func seal(signature: [UInt8]) -> [UInt8] {
        var writer = CBORWriter(reservingCapacity: payload.count + protectedHeader.count + 80)
        writer.writeTag(COSESign1.tag)
        writer.writeArrayHead(count: 4)
        writer.writeBytes(protectedHeader)
        writer.writeMapHead(count: 0)
        writer.writeBytes(payload)
        writer.writeBytes(signature)
        return writer.bytes
    }
}
