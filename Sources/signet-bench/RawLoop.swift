import COpenSSL
import Errors
import Signing

/// OpenSSL called directly in a loop, as `openssl speed` does: the measure for everything above it.
final class RawLoop {
    private let key: OpaquePointer
    private let algorithm: SignatureAlgorithm
    private let message: [UInt8]
    private let digest: [UInt8]
    private(set) var signature: [UInt8] = []

    init(_ privateKey: PrivateKey, message: [UInt8]) throws {
        algorithm = privateKey.algorithm
        self.message = message
        digest = try SHA256.digest(message)
        let pem = Array(try privateKey.encryptedPEM(passphrase: Passphrase("bench".utf8)).utf8)
        let bio = try Self.present(BIO_new(BIO_s_mem()))
        defer { BIO_free(bio) }
        try Self.check(BIO_write(bio, pem, Int32(pem.count)) == Int32(pem.count) ? 1 : 0)
        var secret = Array("bench".utf8CString)
        key = try Self.present(PEM_read_bio_PrivateKey(bio, nil, nil, &secret))
        try sign(1)
    }

    deinit { EVP_PKEY_free(key) }

    func sign(_ count: Int) throws { algorithm == .es256 ? try signDigests(count) : try signMessages(count) }
    func verify(_ count: Int) throws { algorithm == .es256 ? try verifyDigests(count) : try verifyMessages(count) }

    // MARK: ES256: a digest made beforehand, one context for all

    private func signDigests(_ count: Int) throws {
        let context = try Self.present(EVP_PKEY_CTX_new_from_pkey(nil, key, nil))
        defer { EVP_PKEY_CTX_free(context) }
        try Self.check(EVP_PKEY_sign_init(context))
        var output = [UInt8](repeating: 0, count: 80)
        var length = 0
        for _ in 0..<count {
            length = output.count
            try Self.check(EVP_PKEY_sign(context, &output, &length, digest, digest.count))
        }
        signature = Array(output[..<length])
    }

    private func verifyDigests(_ count: Int) throws {
        let context = try Self.present(EVP_PKEY_CTX_new_from_pkey(nil, key, nil))
        defer { EVP_PKEY_CTX_free(context) }
        try Self.check(EVP_PKEY_verify_init(context))
        for _ in 0..<count {
            try Self.check(EVP_PKEY_verify(context, signature, signature.count, digest, digest.count))
        }
    }

    // MARK: Ed25519 and SM2: the message itself, initialised each time

    private func signMessages(_ count: Int) throws {
        var output = [UInt8](repeating: 0, count: 80)
        var length = 0
        for _ in 0..<count {
            try withContext { context in
                try Self.check(EVP_DigestSignInit(context, nil, hash, nil, key))
                length = output.count
                try Self.check(EVP_DigestSign(context, &output, &length, message, message.count))
            }
        }
        signature = Array(output[..<length])
    }

    private func verifyMessages(_ count: Int) throws {
        for _ in 0..<count {
            try withContext { context in
                try Self.check(EVP_DigestVerifyInit(context, nil, hash, nil, key))
                try Self.check(EVP_DigestVerify(context, signature, signature.count, message, message.count))
            }
        }
    }

    private var hash: OpaquePointer? { algorithm == .sm2 ? EVP_sm3() : nil }

    private func withContext(_ body: (OpaquePointer) throws -> Void) throws {
        let context = try Self.present(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(context) }
        guard algorithm == .sm2 else { return try body(context) }
        let keyContext = try Self.present(EVP_PKEY_CTX_new_from_pkey(nil, key, nil))
        defer { EVP_PKEY_CTX_free(keyContext) }
        let id = Array("1234567812345678".utf8)
        try Self.check(EVP_PKEY_CTX_set1_id(keyContext, id, Int32(id.count)))
        EVP_MD_CTX_set_pkey_ctx(context, keyContext)
        try body(context)
    }

    private static func check(_ result: Int32) throws {
        guard result == 1 else {
            throw Refusal(.library, zh: "测量时一次 OpenSSL 调用失败", en: "a raw OpenSSL call failed while measuring")
        }
    }

    private static func present<T>(_ pointer: T?) throws -> T {
        guard let pointer else {
            throw Refusal(.library, zh: "测量时一次 OpenSSL 调用失败", en: "a raw OpenSSL call failed while measuring")
        }
        return pointer
    }
}
