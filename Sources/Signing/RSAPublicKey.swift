import COpenSSL
import Encodings
import Errors

/// An RSA key that verifies and never signs: some authenticators have no other kind. Not among
/// ``SignatureAlgorithm/registered``, so that no seal, list or key file can have one.
package final class RSAPublicKey: Sendable {
    private static let exponent: [UInt8] = [1, 0, 1]
    private static let bitCounts = 2048...4096

    private let handle: KeyHandle
    private let byteCount: Int

    /// - Parameters:
    ///   - modulus: 2048 to 4096 bits, big-endian, without a zero before them.
    ///   - exponent: 65537 and no other.
    package init(modulus: [UInt8], exponent: [UInt8]) throws(SigningError) {
        guard let first = modulus.first, let last = modulus.last, first != 0, last & 1 == 1,
            Self.bitCounts.contains(modulus.count * 8 - first.leadingZeroBitCount), exponent == Self.exponent
        else {
            throw SigningError(
                .malformedKey, zh: "RSA 密钥不是 2048 至 4096 位、指数 65537",
                en: "an RSA key is not of 2048 to 4096 bits with the exponent 65537")
        }
        let algorithm = DER.sequence(ObjectIdentifier(1, 2, 840, 113_549, 1, 1, 1).der, DER.null)
        let key = DER.sequence(DER.unsigned(modulus), DER.unsigned(exponent))
        handle = try KeyHandle.fromSubjectPublicKeyInfo(DER.sequence(algorithm, DER.bitString(key)))
        byteCount = modulus.count
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2.2), as RS256 has it.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) throws(SigningError) -> Bool {
        guard signature.count == byteCount else { return false }
        let context = try require(EVP_MD_CTX_new(), "preparing RS256")
        defer { EVP_MD_CTX_free(context) }
        let digest = try FetchedDigest.sha256.fetched()
        try require(EVP_DigestVerifyInit(context, nil, digest, nil, handle.pointer), "preparing to verify RS256")
        let result = EVP_DigestVerify(context, signature, signature.count, message, message.count)
        return try VerificationResult.isValid(result, "verifying RS256")
    }
}
