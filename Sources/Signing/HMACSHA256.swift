import COpenSSL
import Errors

/// HMAC-SHA-256 (RFC 2104) under one key; not to be shared between threads.
///
/// The keyed blocks are hashed with each message: that takes a fraction of the time of copying a state kept of them.
package final class HMACSHA256 {
    private static let blockByteCount = 64
    private let algorithm: OpaquePointer
    private let context: OpaquePointer
    private var inner: [UInt8]
    private var outer: [UInt8]

    /// - Parameter key: at most 64 bytes, the block size of SHA-256.
    package init(key: [UInt8]) throws(SigningError) {
        guard key.count <= Self.blockByteCount else {
            throw SigningError(
                .malformedKey, zh: "HMAC 密钥最多 \(Self.blockByteCount) 字节",
                en: "an HMAC key is at most \(Self.blockByteCount) bytes")
        }
        let padded = key + [UInt8](repeating: 0, count: Self.blockByteCount - key.count)
        inner = padded.map { $0 ^ 0x36 }
        outer = padded.map { $0 ^ 0x5C }
        algorithm = try FetchedDigest.sha256.fetched()
        context = try require(EVP_MD_CTX_new(), "preparing HMAC")
    }

    deinit {
        EVP_MD_CTX_free(context)
        OPENSSL_cleanse(&inner, inner.count)
        OPENSSL_cleanse(&outer, outer.count)
    }

    /// 32 bytes.
    package func authenticationCode(for message: [UInt8]) throws(SigningError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: SHA256Hasher.digestByteCount)
        try hash(inner, message, into: &code)
        let innerDigest = code
        try hash(outer, innerDigest, into: &code)
        return code
    }

    private func hash(_ block: [UInt8], _ input: [UInt8], into output: inout [UInt8]) throws(SigningError) {
        try require(EVP_DigestInit_ex2(context, algorithm, nil), "computing HMAC")
        try require(EVP_DigestUpdate(context, block, block.count), "computing HMAC")
        try require(EVP_DigestUpdate(context, input, input.count), "computing HMAC")
        try require(EVP_DigestFinal_ex(context, &output, nil), "computing HMAC")
    }
}
