import Signing

/// Keys of the authority's machines: `keys/NAME.key`, with `NAME.pub.pem` beside it.
enum ServiceKeyFile {
    @discardableResult
    static func create(
        _ name: String, passphrase: String, keysFolder: String, _ algorithm: SignatureAlgorithm
    ) throws -> PublicKey {
        let key = try PrivateKey.generate(algorithm)
        try KeyFile.save(key, passphrase: passphrase, to: "\(keysFolder)/\(name).key")
        // Last, as it is what makes the key known.
        try DurableFile.create(Array(key.publicKey.pem.utf8), at: "\(keysFolder)/\(name).pub.pem", mode: 0o644)
        return key.publicKey
    }
}
