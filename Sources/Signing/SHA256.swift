import COpenSSL

/// SHA-256 with one context reused from message to message; not to be shared between threads.
package final class SHA256Hasher {
    package static let digestByteCount = 32
    private let algorithm: OpaquePointer
    private let context: OpaquePointer

    package init() throws(SigningError) {
        algorithm = try FetchedDigest.sha256.fetched()
        context = try require(EVP_MD_CTX_new(), "preparing SHA-256")
        try require(EVP_DigestInit_ex2(context, algorithm, nil), "preparing SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    package func update(_ bytes: UnsafeRawBufferPointer) throws(SigningError) {
        guard bytes.count > 0 else { return }
        try require(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count), "hashing with SHA-256")
    }

    /// The digest of all bytes since the last call, and a fresh start.
    package func finalize() throws(SigningError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.digestByteCount)
        try require(EVP_DigestFinal_ex(context, &digest, nil), "hashing with SHA-256")
        try require(EVP_DigestInit_ex2(context, algorithm, nil), "preparing SHA-256")
        return digest
    }

    /// Hashes one message and hands the 32 bytes to `body`, without touching the heap.
    func withDigest<T>(
        of message: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> T
    ) throws(SigningError) -> T {
        try update(message)
        return try withDigest(body)
    }

    /// As ``finalize()``, without touching the heap.
    package func withDigest<T>(_ body: (UnsafeRawBufferPointer) -> T) throws(SigningError) -> T {
        let result = withUnsafeTemporaryAllocation(byteCount: Self.digestByteCount, alignment: 1) { digest -> T? in
            let bytes = digest.assumingMemoryBound(to: UInt8.self).baseAddress
            guard EVP_DigestFinal_ex(context, bytes, nil) == 1 else { return nil }
            return body(UnsafeRawBufferPointer(digest))
        }
        try require(EVP_DigestInit_ex2(context, algorithm, nil), "preparing SHA-256")
        return try require(result, "hashing with SHA-256")
    }
}

package enum SHA256 {
    package static func digest(_ bytes: some Sequence<UInt8>) throws(SigningError) -> [UInt8] {
        let hasher = try SHA256Hasher()
        let contiguous = Array(bytes)
        return try hasher.withDigest(of: contiguous)
    }
}

extension SHA256Hasher {
    package func update(_ bytes: [UInt8]) throws(SigningError) {
        let result = bytes.withUnsafeBytes { buffer in Result { () throws(SigningError) in try update(buffer) } }
        try result.get()
    }

    fileprivate func withDigest(of bytes: [UInt8]) throws(SigningError) -> [UInt8] {
        try update(bytes)
        return try finalize()
    }
}
