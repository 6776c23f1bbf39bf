import Errors
import Files

/// Private keys in files, encrypted; the mode is checked on every load.
package enum KeyFile {
    package static func save(_ key: PrivateKey, passphrase: Passphrase, to path: String) throws {
        try DurableFile.create(Array(key.encryptedPEM(passphrase: passphrase).utf8), at: path, mode: 0o600)
    }

    package static func load(_ path: String, passphrase: Passphrase) throws -> PrivateKey {
        let text = String(decoding: try SecretFile.read(path), as: UTF8.self)
        do {
            return try PrivateKey(pem: text, passphrase: passphrase)
        } catch {
            throw SigningError(error.code, error.words.prefixed(with: path))
        }
    }
}

extension PublicKey {
    package static func load(_ path: String) throws -> PublicKey {
        try PublicKey(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
    }
}
