import COpenSSL
import Errors

/// A private key of a registered algorithm. Immutable; shared freely between threads.
package final class PrivateKey: Sendable {
    package let publicKey: PublicKey
    let handle: KeyHandle

    package var algorithm: SignatureAlgorithm { publicKey.algorithm }

    init(handle: KeyHandle) throws(SigningError) {
        self.handle = handle
        publicKey = try PublicKey(handle: handle)
    }

    package static func generate(_ algorithm: SignatureAlgorithm) throws(SigningError) -> PrivateKey {
        try PrivateKey(handle: algorithm.implementation.generateKey())
    }

    /// Reads `-----BEGIN ENCRYPTED PRIVATE KEY-----` (PKCS#8). A key in the clear is refused.
    package convenience init(pem: String, passphrase: Passphrase) throws(SigningError) {
        guard pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") else {
            throw SigningError(
                .keyNotEncrypted, zh: "不是加密的 PKCS#8 密钥；请加密：openssl pkcs8 -topk8 -scrypt -in KEY -out NEWKEY",
                en: "not an encrypted PKCS#8 key; encrypt it with: openssl pkcs8 -topk8 -scrypt -in KEY -out NEWKEY")
        }
        let key = try MemoryBIO.reading(pem, "reading a private key") { source in
            passphrase.withBytes { secret in
                // Read up to the zero that ends it.
                PEM_read_bio_PrivateKey(source, nil, nil, UnsafeMutableRawPointer(mutating: secret.baseAddress))
            }
        }
        guard let key else {
            throw .library("the passphrase does not open the private key", code: .wrongPassphrase)
        }
        try self.init(handle: KeyHandle(takingOwnership: key))
    }

    /// PKCS#8 in PEM, AES-256-CBC under a key that scrypt (RFC 7914) derives from the passphrase:
    /// N = 2^14, r = 8, p = 5, the most that OpenSSL's default memory limit lets be read again.
    package func encryptedPEM(passphrase: Passphrase) throws(SigningError) -> String {
        guard !passphrase.isEmpty else {
            throw SigningError(
                .wrongPassphrase, zh: "空口令不起保护作用；请给出口令", en: "an empty passphrase protects nothing; give one")
        }
        let plain = try require(EVP_PKEY2PKCS8(handle.pointer), "encoding a private key")
        defer { PKCS8_PRIV_KEY_INFO_free(plain) }
        let scheme = try require(
            PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nil, 0, nil, 1 << 14, 8, 5), "preparing key encryption")
        let encrypted = passphrase.withBytes { bytes in
            PKCS8_set0_pbe(bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count), plain, scheme)
        }
        let box = try require(encrypted, "encrypting a private key")
        defer { X509_SIG_free(box) }
        return try MemoryBIO.text("writing a private key") { PEM_write_bio_PKCS8($0, box) }
    }
}

/// Signs message after message with one key. One per worker: not to be shared between threads.
package final class Signer {
    private let context: any SigningContext

    package init(_ key: PrivateKey) throws(SigningError) {
        context = try key.algorithm.implementation.makeSigningContext(key.handle)
    }

    /// 64 bytes: `r ‖ s`, or RFC 8032's form.
    package func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
        var failure: SigningError?
        let signature = [UInt8](unsafeUninitializedCapacity: SignatureAlgorithm.signatureByteCount) { output, count in
            let raw = UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(rebasing: output[..<SignatureAlgorithm.signatureByteCount]))
            message.withUnsafeBytes { input in
                do throws(SigningError) {
                    try context.sign(input, into: raw)
                    count = SignatureAlgorithm.signatureByteCount
                } catch { failure = error }
            }
        }
        if let failure { throw failure }
        return signature
    }
}

/// Checks signature after signature with one key. One per worker: not to be shared between threads.
package final class Verifier {
    private let context: any VerifyingContext

    package init(_ key: PublicKey) throws(SigningError) {
        context = try key.algorithm.implementation.makeVerifyingContext(key.handle)
    }

    /// False for a wrong signature and for one that is not exactly 64 bytes; throws only when the
    /// check could not be made.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) throws(SigningError) -> Bool {
        guard signature.count == SignatureAlgorithm.signatureByteCount else { return false }
        let result = signature.withUnsafeBytes { signatureBytes in
            message.withUnsafeBytes { messageBytes in
                Result { () throws(SigningError) in try context.isValid(signatureBytes, for: messageBytes) }
            }
        }
        return try result.get()
    }
}
