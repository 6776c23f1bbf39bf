import Errors
import Signing

/// A key with the certificate chain by which PDF readers know it.
package struct PDFSigningIdentity: Sendable {
    let key: PrivateKey
    let chain: X509Chain

    /// - Parameter key: ES256, as PDF readers check neither Ed25519 nor SM2.
    package init(key: PrivateKey, chain: X509Chain) throws(SigningError) {
        guard key.algorithm == .es256 else {
            throw SigningError(
                .unsupportedAlgorithm, zh: "密钥 \(key.publicKey.kid) 的算法是 \(key.algorithm)；文件须用 ES256 签名",
                en: "key \(key.publicKey.kid) is \(key.algorithm); documents are signed with ES256")
        }
        guard chain.leaf.spki == key.publicKey.spki else {
            throw SigningError(
                .certificateMismatch, zh: "该证书属于另一个密钥，不是 \(key.publicKey.kid)",
                en: "the certificate is for another key than \(key.publicKey.kid)")
        }
        self.key = key
        self.chain = chain
    }
}

/// A file that travels inside the PDF.
package struct PDFAttachment: Equatable, Sendable {
    /// ASCII, such as `seal.cose`.
    package let name: String
    /// Such as `application/cose`.
    package let mediaType: String
    package let bytes: [UInt8]

    package init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// What readers show of a signature besides the certificate.
package struct PDFSignatureDetails: Sendable {
    /// Who signs, as readers show it.
    package var name: String
    package var reason: String
    /// Seconds since 1970.
    package var signingTime: Int

    package init(name: String, reason: String, signingTime: Int) {
        self.name = name
        self.reason = reason
        self.signingTime = signingTime
    }
}

/// Signs PDFs by PAdES (ETSI EN 319 142-1), baseline B-B, or B-T with a timestamp authority. One per
/// worker: not to be shared between threads, as it keeps OpenSSL contexts.
///
/// The signed file has one revision: the unsigned one is taken apart and written anew with attachment,
/// signature and certification "no changes" (DocMDP, P = 1), so that there is nothing in it that the
/// signature does not cover, and no object twice.
package final class PDFSigner {
    private let template: CMSSignedData.Template
    private let algorithm: SignatureAlgorithm
    private let signer: Signer
    private let hasher: SHA256Hasher
    private let timestamper: Timestamper?
    private let reservedByteCount: Int

    /// Room for a timestamp token with its certificates.
    private static let timestampByteCount = 12_288

    package init(_ identity: PDFSigningIdentity, timestamper: Timestamper? = nil) throws(SigningError) {
        template = try CMSSignedData.Template(identity.chain)
        algorithm = identity.key.algorithm
        signer = try Signer(identity.key)
        hasher = try SHA256Hasher()
        self.timestamper = timestamper
        // The largest there can be: r and s of ECDSA differ in length by leading bits.
        let attributes = template.signedAttributes(digest: [UInt8](repeating: 0xFF, count: 32))
        let largest = algorithm.x509Signature([UInt8](repeating: 0xFF, count: 64))
        reservedByteCount =
            template.contentInfo(signedAttributes: attributes, signature: largest).count
            + (timestamper == nil ? 0 : Self.timestampByteCount)
    }

    /// - Parameter pdf: one page by cairo, of PDF 1.4 or 1.5 with a plain cross-reference table.
    package func sign(
        _ pdf: [UInt8], attachment: PDFAttachment?, _ details: PDFSignatureDetails
    ) throws -> [UInt8] {
        let revision = try PDFRevision(pdf, end: pdf.count)
        var assembly = try SignatureAssembly(revision, attachment, details, contentByteCount: reservedByteCount)
        try hasher.update(assembly.signedRanges.map { assembly.writer.bytes[$0] })
        let digest = try hasher.finalize()
        assembly.fill(content: try contentInfo(digest))
        return assembly.writer.bytes
    }

    private func contentInfo(_ digest: [UInt8]) throws -> [UInt8] {
        let attributes = template.signedAttributes(digest: digest)
        let signature = algorithm.x509Signature(try signer.sign(attributes))
        let token = try timestamper?.token(for: signature)
        let contentInfo = template.contentInfo(signedAttributes: attributes, signature: signature, timestamp: token)
        guard contentInfo.count <= reservedByteCount else {
            throw PDFProblem(
                .timestampFailed, zh: "时间戳超过 \(Self.timestampByteCount) 字节",
                en: "the timestamp is larger than \(Self.timestampByteCount) bytes")
        }
        return contentInfo
    }
}

extension SHA256Hasher {
    func update(_ parts: [ArraySlice<UInt8>]) throws(SigningError) {
        for part in parts {
            let result = part.withUnsafeBytes { bytes in Result { () throws(SigningError) in try update(bytes) } }
            try result.get()
        }
    }
}
