import COpenSSL
import Errors

/// AES-256-GCM (NIST SP 800-38D) under one key; not to be shared between threads.
///
/// A box is nonce (12 random bytes) ‖ ciphertext ‖ tag (16). With random nonces one key is good for
/// 2^32 boxes.
package final class AES256GCM {
    package static let keyByteCount = 32
    private static let nonceByteCount = 12
    private static let tagByteCount = 16
    private let encryption: OpaquePointer
    private let decryption: OpaquePointer
    private let random = RandomPortions()

    package init(key: [UInt8]) throws(SigningError) {
        guard key.count == Self.keyByteCount else {
            throw SigningError(
                .malformedKey, zh: "AES-256 密钥应为 32 字节，而不是 \(key.count) 字节",
                en: "an AES-256 key is 32 bytes, not \(key.count)")
        }
        let cipher = try require(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil), "preparing AES-256-GCM")
        defer { EVP_CIPHER_free(cipher) }
        encryption = try require(EVP_CIPHER_CTX_new(), "preparing AES-256-GCM")
        decryption = try require(EVP_CIPHER_CTX_new(), "preparing AES-256-GCM")
        try require(EVP_EncryptInit_ex2(encryption, cipher, key, nil, nil), "preparing AES-256-GCM")
        try require(EVP_DecryptInit_ex2(decryption, cipher, key, nil, nil), "preparing AES-256-GCM")
    }

    deinit {
        EVP_CIPHER_CTX_free(encryption)
        EVP_CIPHER_CTX_free(decryption)
    }

    /// - Parameter associated: bound to the box without being in it, so that a box moved to another
    ///   row does not open.
    package func seal(_ plaintext: [UInt8], associated: [UInt8]) throws(SigningError) -> [UInt8] {
        let nonce = try random.next(Self.nonceByteCount)
        var box = [UInt8](repeating: 0, count: Self.nonceByteCount + plaintext.count + Self.tagByteCount)
        box.replaceSubrange(..<Self.nonceByteCount, with: nonce)
        var count: Int32 = 0
        try require(EVP_EncryptInit_ex2(encryption, nil, nil, box, nil), "encrypting")
        try require(EVP_EncryptUpdate(encryption, nil, &count, associated, Int32(associated.count)), "encrypting")
        let result = box.withUnsafeMutableBufferPointer { buffer -> Int32 in
            // The box is at least nonce and tag long, so it has a base address.
            let body = buffer.baseAddress! + Self.nonceByteCount
            guard EVP_EncryptUpdate(encryption, body, &count, plaintext, Int32(plaintext.count)) == 1,
                EVP_EncryptFinal_ex(encryption, body + plaintext.count, &count) == 1
            else { return 0 }
            return EVP_CIPHER_CTX_ctrl(
                encryption, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), body + plaintext.count)
        }
        try require(result, "encrypting")
        return box
    }

    package func open(_ box: [UInt8], associated: [UInt8]) throws(SigningError) -> [UInt8] {
        let overhead = Self.nonceByteCount + Self.tagByteCount
        guard box.count >= overhead else { throw Self.refused }
        let nonce = Array(box.prefix(Self.nonceByteCount))
        let body = Array(box.dropFirst(Self.nonceByteCount).dropLast(Self.tagByteCount))
        var tag = Array(box.suffix(Self.tagByteCount))
        var plaintext = [UInt8](repeating: 0, count: body.count + Self.tagByteCount)
        var count: Int32 = 0
        try require(EVP_DecryptInit_ex2(decryption, nil, nil, nonce, nil), "decrypting")
        try require(EVP_DecryptUpdate(decryption, nil, &count, associated, Int32(associated.count)), "decrypting")
        try require(EVP_DecryptUpdate(decryption, &plaintext, &count, body, Int32(body.count)), "decrypting")
        try require(
            EVP_CIPHER_CTX_ctrl(decryption, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), &tag), "decrypting")
        var rest = [UInt8](repeating: 0, count: Self.tagByteCount)
        guard EVP_DecryptFinal_ex(decryption, &rest, &count) == 1 else {
            SigningError.drainErrorQueue()
            throw Self.refused
        }
        return Array(plaintext.prefix(body.count))
    }

    private static let refused = SigningError(
        .decryptionFailed, zh: "加密数据无法打开：数据密钥不同，或数据被改动",
        en: "encrypted data does not open: another data key, or the data was changed")
}

/// Random bytes in many small portions, fetched from OpenSSL in larger ones: for nonces and identities,
/// which are no secrets. Not to be shared between threads.
package final class RandomPortions {
    private static let fetchByteCount = 4096
    private var bytes: [UInt8] = []
    private var position = 0

    package init() {}

    /// - Parameter count: at most 4,096.
    package func next(_ count: Int) throws(SigningError) -> ArraySlice<UInt8> {
        if position + count > bytes.count {
            bytes = try SecureRandom.bytes(Self.fetchByteCount)
            position = 0
        }
        defer { position += count }
        return bytes[position..<(position + count)]
    }
}

package enum SecureRandom {
    package static func bytes(_ count: Int) throws(SigningError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else {
            throw .library("the random number generator gave nothing", code: .randomness)
        }
        return bytes
    }
}
