import COpenSSL

package enum ConstantTime {
    /// Looks at all bytes of both, so that the time tells nothing of where they differ.
    package static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
    }
}
