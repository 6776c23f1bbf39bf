import Credential
import Encodings
import Signing
import Synchronization

/// The public keys of a home, read when one is asked for that was not there before: a key may come while a server runs,
/// and none is taken away.
final class PublicKeys: Sendable {
    private let home: Home
    private let keys: Mutex<[[UInt8]: PublicKey]>

    init(_ home: Home) throws {
        self.home = home
        keys = Mutex(try Self.read(home))
    }

    func known(_ id: [UInt8]) throws -> PublicKey? {
        if let key = keys.withLock({ $0[id] }) { return key }
        let all = try Self.read(home)
        keys.withLock { $0 = all }
        return all[id]
    }

    /// - Throws: what to do when a key is missing by which something was signed.
    func key(_ id: [UInt8]) throws -> PublicKey {
        guard let key = try known(id) else {
            throw CommandFailure(
                .configuration, "the public key \(Hex.encode(id)) is missing from keys/; put it back")
        }
        return key
    }

    private static func read(_ home: Home) throws -> [[UInt8]: PublicKey] {
        try Dictionary(KeyStore(home).entries().map { ($0.publicKey.kid.bytes, $0.publicKey) }) { first, _ in first }
    }
}
