import Encodings
import Errors

/// Issues X.509 certificates (RFC 5280) for the keys with which documents are signed, so that any PDF
/// reader can check them. ES256 only: PDF readers know neither Ed25519 nor SM2.
package struct X509Issuer {
    private let key: PrivateKey
    package let certificate: X509Certificate

    /// RFC 5280's upper bound of commonName and organizationName.
    private static let longestName = 64

    /// - Parameter certificate: the authority's own, for this key.
    package init(_ key: PrivateKey, certificate: X509Certificate) throws(SigningError) {
        guard certificate.spki == key.publicKey.spki else {
            throw SigningError(
                .certificateMismatch, zh: "主管机构的证书属于另一个密钥，不是其 CA 密钥",
                en: "the authority's certificate is for another key than its CA key")
        }
        self.key = key
        self.certificate = certificate
    }

    /// The authority's self-signed certificate.
    package init(_ key: PrivateKey, authority: String, notBefore: Int, notAfter: Int) throws(SigningError) {
        let name = Self.name([(.organizationName, authority), (.commonName, authority)])
        self.key = key
        certificate = try Self.sign(
            with: key, issuer: name, subject: name, spki: key.publicKey.spki, notBefore: notBefore, notAfter: notAfter,
            extensions: [
                Self.extended(.basicConstraints, isCritical: true, DER.sequence(DER.yes, DER.integer(0))),
                // keyCertSign, cRLSign
                Self.extended(.keyUsage, isCritical: true, [DER.Tag.bitString, 2, 1, 0x06]),
                Self.extended(.subjectKeyIdentifier, DER.octetString(try Self.keyIdentifier(key.publicKey.spki))),
            ])
    }

    /// A certificate with which an institution's key signs documents.
    ///
    /// - Parameters:
    ///   - organisation: the institution's filed name, in any script.
    ///   - identifier: the institution's registered id.
    package func certify(
        _ subject: PublicKey, organisation: String, identifier: String, notBefore: Int, notAfter: Int
    ) throws(SigningError) -> X509Certificate {
        guard subject.algorithm == .es256 else {
            throw SigningError(
                .unsupportedAlgorithm, zh: "密钥 \(subject.kid) 的算法是 \(subject.algorithm)；PDF 阅读器只核验 ES256 密钥",
                en: "key \(subject.kid) is \(subject.algorithm); PDF readers only check ES256 keys")
        }
        let name = Self.name([
            (.organizationName, organisation), (.organizationIdentifier, identifier), (.commonName, organisation),
        ])
        let authorityKey = try Self.keyIdentifier(key.publicKey.spki)
        return try Self.sign(
            with: key, issuer: certificate.subject, subject: name, spki: subject.spki,
            notBefore: max(notBefore, certificate.notBefore), notAfter: min(notAfter, certificate.notAfter),
            extensions: [
                Self.extended(.basicConstraints, isCritical: true, DER.sequence()),
                // digitalSignature, nonRepudiation
                Self.extended(.keyUsage, isCritical: true, [DER.Tag.bitString, 2, 6, 0xC0]),
                Self.extended(
                    .extendedKeyUsage,
                    DER.sequence(
                        ObjectIdentifier.documentSigning.der, ObjectIdentifier.emailProtection.der,
                        ObjectIdentifier.adobeAuthenticDocuments.der)),
                Self.extended(.subjectKeyIdentifier, DER.octetString(try Self.keyIdentifier(subject.spki))),
                Self.extended(
                    .authorityKeyIdentifier,
                    DER.sequence(DER.element(DER.Tag.primitiveContext(0), authorityKey))),
            ])
    }

    private static func sign(
        with key: PrivateKey, issuer: [UInt8], subject: [UInt8], spki: [UInt8], notBefore: Int, notAfter: Int,
        extensions: [[UInt8]]
    ) throws(SigningError) -> X509Certificate {
        guard key.algorithm == .es256 else {
            throw SigningError(
                .unsupportedAlgorithm, zh: "证书须用 ES256 签名，而不是 \(key.algorithm)",
                en: "certificates are signed with ES256, not \(key.algorithm)")
        }
        var serial = try SecureRandom.bytes(16)
        // Positive, and 16 bytes always.
        serial[0] = serial[0] & 0x7F | 0x40
        let algorithm = DER.sequence(ObjectIdentifier.ecdsaWithSHA256.der)
        let tbs = DER.sequence(
            DER.context(0, DER.integer(2)), DER.unsigned(serial), algorithm, issuer,
            DER.sequence(X509Time.der(notBefore), X509Time.der(notAfter)), subject, spki,
            DER.context(3, DER.element(DER.Tag.sequence, Array(extensions.joined()))))
        let signature = key.algorithm.x509Signature(try Signer(key).sign(tbs))
        return try X509Certificate(der: DER.sequence(tbs, algorithm, DER.bitString(signature)))
    }

    private static func name(_ attributes: [(ObjectIdentifier, String)]) -> [UInt8] {
        let parts = attributes.map { type, text in
            let short = text.count > longestName ? text.prefix(longestName - 1) + "…" : text[...]
            return DER.set(DER.sequence(type.der, DER.utf8String(String(short))))
        }
        return DER.element(DER.Tag.sequence, Array(parts.joined()))
    }

    private static func extended(_ type: ObjectIdentifier, isCritical: Bool = false, _ value: [UInt8]) -> [UInt8] {
        isCritical
            ? DER.sequence(type.der, DER.yes, DER.octetString(value))
            : DER.sequence(type.der, DER.octetString(value))
    }

    /// RFC 7093 §2, method 1: the leftmost 160 bits of SHA-256 over the key.
    private static func keyIdentifier(_ spki: [UInt8]) throws(SigningError) -> [UInt8] {
        // An uncompressed P-256 point ends the SubjectPublicKeyInfo.
        Array(try SHA256.digest(spki.suffix(65)).prefix(20))
    }
}

extension ObjectIdentifier {
    package static let ecdsaWithSHA256 = ObjectIdentifier(1, 2, 840, 10045, 4, 3, 2)

    fileprivate static let commonName = ObjectIdentifier(2, 5, 4, 3)
    fileprivate static let organizationName = ObjectIdentifier(2, 5, 4, 10)
    fileprivate static let organizationIdentifier = ObjectIdentifier(2, 5, 4, 97)
    fileprivate static let subjectKeyIdentifier = ObjectIdentifier(2, 5, 29, 14)
    fileprivate static let keyUsage = ObjectIdentifier(2, 5, 29, 15)
    fileprivate static let basicConstraints = ObjectIdentifier(2, 5, 29, 19)
    fileprivate static let authorityKeyIdentifier = ObjectIdentifier(2, 5, 29, 35)
    fileprivate static let extendedKeyUsage = ObjectIdentifier(2, 5, 29, 37)
    /// RFC 9336.
    fileprivate static let documentSigning = ObjectIdentifier(1, 3, 6, 1, 5, 5, 7, 3, 36)
    /// What readers built on NSS ask for, which have no notion of document signing.
    fileprivate static let emailProtection = ObjectIdentifier(1, 3, 6, 1, 5, 5, 7, 3, 4)
    /// What Acrobat asks for where there are extended key usages.
    fileprivate static let adobeAuthenticDocuments = ObjectIdentifier(1, 2, 840, 113583, 1, 1, 5)
}

extension SignatureAlgorithm {
    /// The form that a signature has in certificates and CMS: DER for the elliptic curves of 256 bits.
    package func x509Signature(_ signature: [UInt8]) -> [UInt8] {
        guard self != .ed25519 else { return signature }
        return [UInt8](unsafeUninitializedCapacity: ECDSASignatureEncoding.maximumDERByteCount) { buffer, count in
            count = signature.withUnsafeBytes { ECDSASignatureEncoding.encodeDER($0, into: .init(buffer)) }
        }
    }

    /// The reverse; nil unless it is the one DER spelling of a signature of this algorithm's size.
    package func signature(x509 encoded: [UInt8]) -> [UInt8]? {
        guard self != .ed25519 else { return encoded }
        var raw = [UInt8](repeating: 0, count: Self.signatureByteCount)
        let isWellFormed = encoded.withUnsafeBytes { der in
            raw.withUnsafeMutableBytes { ECDSASignatureEncoding.decodeDER(der, into: $0) }
        }
        return isWellFormed && x509Signature(raw) == encoded ? raw : nil
    }
}
