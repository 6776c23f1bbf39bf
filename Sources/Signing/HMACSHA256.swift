import COpenSSL

/// HMAC-SHA-256 (RFC 2104) under one key; not to be shared between threads.
///
/// The two keyed blocks are hashed once; each message then starts from copies of those states.
package final class HMACSHA256 {
    private let inner: OpaquePointer
    private let outer: OpaquePointer
    private let working: OpaquePointer

    /// - Parameter key: at most 64 bytes, the block size of SHA-256.
    package init(key: [UInt8]) throws(SigningError) {
        guard key.count <= 64 else { throw SigningError(.malformedKey, "an HMAC key is at most 64 bytes") }
        let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
        inner = try Self.keyedState(padded.map { $0 ^ 0x36 })
        outer = try Self.keyedState(padded.map { $0 ^ 0x5C })
        working = try require(EVP_MD_CTX_new(), "preparing HMAC")
    }

    deinit {
        EVP_MD_CTX_free(inner)
        EVP_MD_CTX_free(outer)
        EVP_MD_CTX_free(working)
    }

    /// 32 bytes.
    package func authenticationCode(for message: [UInt8]) throws(SigningError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        try run(from: inner, message, into: &code)
        let innerDigest = code
        try run(from: outer, innerDigest, into: &code)
        return code
    }

    private func run(from state: OpaquePointer, _ input: [UInt8], into output: inout [UInt8]) throws(SigningError) {
        try require(EVP_MD_CTX_copy_ex(working, state), "computing HMAC")
        try require(EVP_DigestUpdate(working, input, input.count), "computing HMAC")
        try require(EVP_DigestFinal_ex(working, &output, nil), "computing HMAC")
    }

    private static func keyedState(_ block: [UInt8]) throws(SigningError) -> OpaquePointer {
        let context = try require(EVP_MD_CTX_new(), "preparing HMAC")
        try require(EVP_DigestInit_ex2(context, FetchedDigest.sha256.fetched(), nil), "preparing HMAC")
        try require(EVP_DigestUpdate(context, block, block.count), "preparing HMAC")
        return context
    }
}
