import Encodings
import Errors

/// An X.509 certificate (RFC 5280): the parts that signing and checking documents need.
package struct X509Certificate: Equatable, Sendable {
    package let der: [UInt8]
    /// With tag and length, as all parts that are slices of the encoding.
    package let serialNumber: [UInt8]
    package let issuer: [UInt8]
    package let subject: [UInt8]
    /// SubjectPublicKeyInfo.
    package let spki: [UInt8]
    /// Seconds since 1970, both included.
    package let notBefore: Int
    package let notAfter: Int

    package static let maximumByteCount = 1 << 16

    package init(der: [UInt8]) throws(SigningError) {
        guard der.count <= Self.maximumByteCount else {
            throw SigningError(
                .malformedCertificate, zh: "证书最多 \(Self.maximumByteCount) 字节",
                en: "a certificate has at most \(Self.maximumByteCount) bytes")
        }
        do {
            try self.init(reading: der)
        } catch { throw SigningError(.malformedCertificate, error.words) }
    }

    private init(reading der: [UInt8]) throws(FormatError) {
        self.der = der
        var outer = DERReader(der)
        var certificate = try outer.nested()
        try outer.end()
        var tbs = try certificate.nested()
        _ = try tbs.optional(DER.Tag.context(0))
        serialNumber = Array(try tbs.element(DER.Tag.integer).whole)
        _ = try tbs.element(DER.Tag.sequence)
        issuer = Array(try tbs.element(DER.Tag.sequence).whole)
        var validity = try tbs.nested()
        notBefore = try X509Time.read(validity.element())
        notAfter = try X509Time.read(validity.element())
        subject = Array(try tbs.element(DER.Tag.sequence).whole)
        spki = Array(try tbs.element(DER.Tag.sequence).whole)
        _ = try certificate.element(DER.Tag.sequence)
        _ = try certificate.element(DER.Tag.bitString)
        try certificate.end()
    }

    package func publicKey() throws(SigningError) -> PublicKey { try PublicKey(spki: spki) }
}
