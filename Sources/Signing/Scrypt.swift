import COpenSSL

/// Digests of passphrases (scrypt, RFC 7914), which cost whoever guesses time and memory.
package enum Scrypt {
    package static let saltByteCount = 16

    package struct Cost: Hashable, Sendable {
        /// N, r and p of RFC 7914 §2. Memory is 128·N·r bytes.
        package let cost, blockSize, parallelism: Int

        package init(cost: Int, blockSize: Int, parallelism: Int) {
            (self.cost, self.blockSize, self.parallelism) = (cost, blockSize, parallelism)
        }

        /// Of holders: 32 MiB and three times a tenth of a second, the least that OWASP's Password Storage Cheat Sheet names.
        package static let holders = Cost(cost: 1 << 15, blockSize: 8, parallelism: 3)
        /// Of staff: 64 MiB, the same sheet's next line.
        package static let staff = Cost(cost: 1 << 16, blockSize: 8, parallelism: 2)
    }

    package static func digest(
        _ passphrase: String, salt: [UInt8], cost: Cost = .holders
    ) throws(SigningError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var passphrase = passphrase
        // What the function takes beside its table.
        let most = 128 * cost.blockSize * (cost.cost + cost.parallelism + 2) + (32 << 20)
        let result = passphrase.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                EVP_PBE_scrypt(
                    $0.baseAddress, $0.count, salt, salt.count, UInt64(cost.cost), UInt64(cost.blockSize),
                    UInt64(cost.parallelism), UInt64(most), &digest, digest.count)
            }
        }
        try require(result, "digesting a passphrase")
        return digest
    }
}
