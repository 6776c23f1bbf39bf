import COpenSSL

/// Digests of passphrases (scrypt, RFC 7914): each guess costs 32 MiB and three times a tenth of a second: N = 2^15, r = 8,
/// p = 3, the least that OWASP's Password Storage Cheat Sheet names.
package enum Scrypt {
    package static let saltByteCount = 16

    package static func digest(_ passphrase: String, salt: [UInt8]) throws(SigningError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var passphrase = passphrase
        let result = passphrase.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                EVP_PBE_scrypt(
                    $0.baseAddress, $0.count, salt, salt.count, 1 << 15, 8, 3, 64 << 20, &digest, digest.count)
            }
        }
        try require(result, "digesting a passphrase")
        return digest
    }
}
