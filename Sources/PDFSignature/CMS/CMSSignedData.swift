import Encodings
import Signing

/// CMS SignedData (RFC 5652) as a PAdES baseline signature needs it: detached, one signer, SHA-256, and
/// of signed attributes just content-type, message-digest and signing-certificate-v2 (RFC 5035). No
/// signing-time: ETSI EN 319 142-1 §6.3 forbids it, the time stands in the signature dictionary.
enum CMSSignedData {
    static let sha256 = DER.sequence(ObjectIdentifier.sha256.der)
    static let ecdsaWithSHA256 = DER.sequence(ObjectIdentifier.ecdsaWithSHA256.der)

    /// What is signed, and what of it depends on nothing but the signer.
    struct Template: Sendable {
        private let contentType: [UInt8]
        private let signingCertificate: [UInt8]
        private let certificates: [UInt8]
        private let signer: [UInt8]

        init(_ chain: X509Chain) throws(SigningError) {
            contentType = attribute(.contentType, ObjectIdentifier.data.der)
            let certificateID = DER.sequence(DER.octetString(try SHA256.digest(chain.leaf.der)))
            signingCertificate = attribute(.signingCertificateV2, DER.sequence(DER.sequence(certificateID)))
            certificates = DER.context(0, Array(chain.certificates.map(\.der).joined()))
            signer = DER.sequence(chain.leaf.issuer, chain.leaf.serialNumber)
        }

        /// The signed attributes as they are signed: a SET OF, not the `[0]` that is stored (§5.4).
        func signedAttributes(digest: [UInt8]) -> [UInt8] {
            DER.set(contentType, signingCertificate, attribute(.messageDigest, DER.octetString(digest)))
        }

        /// - Parameters:
        ///   - signature: over the signed attributes, in X.509's form.
        ///   - timestamp: an RFC 3161 token over the signature.
        func contentInfo(signedAttributes: [UInt8], signature: [UInt8], timestamp: [UInt8]? = nil) -> [UInt8] {
            let unsigned = timestamp.map { DER.context(1, attribute(.signatureTimestamp, $0)) } ?? []
            let signerInfo = DER.sequence(
                DER.integer(1), signer, sha256, [DER.Tag.context(0)] + signedAttributes.dropFirst(), ecdsaWithSHA256,
                DER.octetString(signature), unsigned)
            let signedData = DER.sequence(
                DER.integer(1), DER.set(sha256), DER.sequence(ObjectIdentifier.data.der), certificates,
                DER.set(signerInfo))
            return DER.sequence(ObjectIdentifier.signedData.der, DER.context(0, signedData))
        }
    }

    private static func attribute(_ type: ObjectIdentifier, _ value: [UInt8]) -> [UInt8] {
        DER.sequence(type.der, DER.set(value))
    }
}

extension ObjectIdentifier {
    static let data = ObjectIdentifier(1, 2, 840, 113549, 1, 7, 1)
    static let signedData = ObjectIdentifier(1, 2, 840, 113549, 1, 7, 2)
    static let contentType = ObjectIdentifier(1, 2, 840, 113549, 1, 9, 3)
    static let messageDigest = ObjectIdentifier(1, 2, 840, 113549, 1, 9, 4)
    static let signatureTimestamp = ObjectIdentifier(1, 2, 840, 113549, 1, 9, 16, 2, 14)
    static let signingCertificateV2 = ObjectIdentifier(1, 2, 840, 113549, 1, 9, 16, 2, 47)
    static let sha256 = ObjectIdentifier(2, 16, 840, 1, 101, 3, 4, 2, 1)
}
