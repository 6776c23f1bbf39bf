import COpenSSL
import Errors

extension SignatureAlgorithm {
    /// ECDSA over P-256 with SHA-256. Also accepts ESP256 (RFC 9864), the same under a newer name.
    package static let es256 = SignatureAlgorithm(
        name: "ES256", coseIdentifier: -7, acceptedCOSEIdentifiers: [-7, -9], curve: "P-256",
        spkiPrefix: [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
            0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ],
        implementation: ES256.self)
}

enum ES256: SignatureImplementation {
    static func generateKey() throws(SigningError) -> KeyHandle {
        try .generate(type: "EC", group: "P-256")
    }

    static func makeSigningContext(_ key: KeyHandle) throws(SigningError) -> any SigningContext {
        try ES256Context(key, purpose: .signing)
    }

    static func makeVerifyingContext(_ key: KeyHandle) throws(SigningError) -> any VerifyingContext {
        try ES256Context(key, purpose: .verifying)
    }
}

/// Hash and signature are two steps on purpose: an `EVP_PKEY_CTX` may sign digest after digest once
/// it is initialised, whereas repeated `EVP_DigestSign` on one context succeeds with *wrong* ECDSA
/// signatures in OpenSSL 3.0. Initialising each time instead costs a fifth of the speed.
private final class ES256Context: SigningContext, VerifyingContext {
    enum Purpose { case signing, verifying }

    private let key: KeyHandle
    private let context: OpaquePointer
    private let hasher: SHA256Hasher

    init(_ key: KeyHandle, purpose: Purpose) throws(SigningError) {
        self.key = key
        hasher = try SHA256Hasher()
        context = try require(EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil), "preparing an ES256 context")
        switch purpose {
        case .signing: try require(EVP_PKEY_sign_init(context), "preparing to sign with ES256")
        case .verifying: try require(EVP_PKEY_verify_init(context), "preparing to verify ES256")
        }
        try require(
            EVP_PKEY_CTX_set_signature_md(context, FetchedDigest.sha256.fetched()), "choosing SHA-256 for ES256")
    }

    deinit { EVP_PKEY_CTX_free(context) }

    func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer) throws(SigningError) {
        let result = try hasher.withDigest(of: message) { digest -> Bool? in
            withUnsafeTemporaryAllocation(byteCount: ECDSASignatureEncoding.maximumDERByteCount, alignment: 1) { der in
                var count = der.count
                let bytes = der.assumingMemoryBound(to: UInt8.self).baseAddress
                let input = digest.assumingMemoryBound(to: UInt8.self)
                guard EVP_PKEY_sign(context, bytes, &count, input.baseAddress, input.count) == 1 else { return nil }
                return ECDSASignatureEncoding.decodeDER(
                    .init(rebasing: UnsafeRawBufferPointer(der)[..<count]), into: signature)
            }
        }
        guard let isWellFormed = result else { throw .library("signing with ES256") }
        guard isWellFormed else {
            throw SigningError(
                .library, zh: "OpenSSL 生成的 ES256 签名形式不对", en: "OpenSSL made an ES256 signature of another shape")
        }
    }

    func isValid(
        _ signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer
    ) throws(SigningError) -> Bool {
        let result = try hasher.withDigest(of: message) { digest in
            withUnsafeTemporaryAllocation(byteCount: ECDSASignatureEncoding.maximumDERByteCount, alignment: 1) { der in
                let count = ECDSASignatureEncoding.encodeDER(signature, into: der)
                let bytes = der.assumingMemoryBound(to: UInt8.self).baseAddress
                let input = digest.assumingMemoryBound(to: UInt8.self)
                return EVP_PKEY_verify(context, bytes, count, input.baseAddress, input.count)
            }
        }
        return try VerificationResult.isValid(result, "verifying ES256")
    }
}

enum VerificationResult {
    /// OpenSSL says 1 for right, 0 for wrong, and often a negative number for a signature that is
    /// malformed: both of these are "not valid". Only want of memory means nothing was checked.
    static func isValid(_ result: Int32, _ operation: String) throws(SigningError) -> Bool {
        if result == 1 { return true }
        let error = ERR_peek_last_error()
        if error != 0, ERR_GET_REASON(error) == COpenSSL.ERR_R_MALLOC_FAILURE {
            throw .library(operation)
        }
        SigningError.drainErrorQueue()
        return false
    }
}
