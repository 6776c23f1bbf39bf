import Encodings
import Errors
import Signing

/// A seal that decodes. Nothing in it is to be believed until Verification has checked it.
package struct UnverifiedSeal: Sendable {
    package static let maximumByteCount = 1600

    package let keyID: KeyID
    package let algorithm: Int
    package let claims: CertificateClaims
    package let signedBytes: [UInt8]
    package let signature: [UInt8]

    /// The one seal in a text.
    package init(qrText: some StringProtocol) throws(FormatError) {
        switch SealSearch.find(in: qrText) {
        case .seal(let seal): self = seal
        case .malformed(let error): throw error
        case .damaged:
            throw FormatError(
                .truncated, zh: "证书二维码的数字不完整；请重新扫描或复制",
                en: "the digits of the seal are not whole; scan or copy it again")
        case .several:
            throw FormatError(
                .several, zh: "文本中有几份证书的二维码内容；请一次只给一份", en: "the text has several seals; give one at a time")
        case .nothing:
            throw FormatError(
                .foreignFormat, zh: "这不是 Signet 二维码的内容（https://…/c#数字）",
                en: "this is not the text of a Signet QR code (https://…/c#digits)")
        }
    }

    /// Whether a text is that of a certificate's code, real or not.
    package static func isDecodable(qrText: String) -> Bool {
        if case .seal = SealSearch.find(in: qrText) { true } else { false }
    }

    package init(decoding bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw FormatError(
                .tooLong, zh: "有 \(bytes.count) 字节；证书二维码最多 \(Self.maximumByteCount) 字节",
                en: "\(bytes.count) bytes; a seal has at most \(Self.maximumByteCount)")
        }
        let message = try COSESign1(decoding: bytes)
        guard let algorithm = message.protected.algorithm,
            let keyID = message.protected.keyID.flatMap({ KeyID(bytes: $0) }),
            !message.protected.hasOthers, message.unprotected.isEmpty
        else {
            throw FormatError(
                .malformedHeader, zh: "头部不是恰好由受保护的算法和 8 字节密钥标识组成",
                en: "the header is not exactly an algorithm and an 8-byte key id, protected")
        }
        guard message.signature.count == SignatureAlgorithm.signatureByteCount else {
            throw FormatError(.malformedHeader, zh: "签名不是 64 字节", en: "the signature is not 64 bytes")
        }
        self.algorithm = algorithm
        self.keyID = keyID
        claims = try CertificateClaims(decoding: message.payload)
        signedBytes = message.signedBytes()
        signature = Array(message.signature)
    }

    /// From what a register keeps of a seal.
    ///
    /// - Parameter claims: what the payload says.
    package init(_ prepared: PreparedSeal, claims: CertificateClaims, key: PublicKey, signature: [UInt8]) {
        (keyID, algorithm) = (key.kid, key.algorithm.coseIdentifier)
        self.claims = claims
        signedBytes = prepared.bytesToSign
        self.signature = signature
    }
}
