import Glibc
import Signing
import Trust

/// The key that signs status lists: `keys/status.key`, with `status.pub.pem` beside it. It signs nothing
/// else, so a machine that republishes lists by itself needs neither the root's key nor an institution's.
enum StatusKey {
    /// Of the key that is to take its place, while it is not in place yet.
    private static let nextName = "status.next"

    @discardableResult
    static func create(passphrase: String, keysFolder: String, _ algorithm: SignatureAlgorithm) throws -> PublicKey {
        try ServiceKeyFile.create("status", passphrase: passphrase, keysFolder: keysFolder, algorithm)
    }

    static func createNext(of home: Home, passphrase: String, _ algorithm: SignatureAlgorithm) throws -> PublicKey {
        // One without its public part was begun and never known to anyone.
        unlink("\(home.keysPath)/\(nextName).key")
        return try ServiceKeyFile.create(
            nextName, passphrase: passphrase, keysFolder: home.keysPath, algorithm)
    }

    static func nextPublicKey(of home: Home) throws -> PublicKey? {
        let path = "\(home.keysPath)/\(nextName).pub.pem"
        guard access(path, F_OK) == 0 else { return nil }
        return try PublicKey.load(path)
    }

    /// The next key takes the place of the present one, whose private part is gone with that. The public part
    /// comes last: as long as it waits, a command that was stopped goes on.
    static func promoteNext(of home: Home) throws {
        let next = "\(home.keysPath)/\(nextName)"
        if access(next + ".key", F_OK) == 0 { try move(next + ".key", home.statusKeyPath) }
        try move(next + ".pub.pem", home.statusPublicKeyPath)
    }

    private static func move(_ from: String, _ to: String) throws {
        guard rename(from, to) == 0 else { throw DurableFile.failure("move", from) }
    }

    /// Nil for a home made before there were status lists.
    static func publicKey(of home: Home) throws -> PublicKey? {
        guard access(home.statusPublicKeyPath, F_OK) == 0 else { return nil }
        return try PublicKey.load(home.statusPublicKeyPath)
    }

    /// The present one, and the one that is to take its place.
    static func publicKeys(of home: Home) throws -> [PublicKey] {
        try [publicKey(of: home), nextPublicKey(of: home)].compactMap(\.self)
    }

    /// Ready to sign: a key that verifiers do not know would make every list worthless.
    static func load(_ home: Home, trust: VerifiedTrustList, passphrase: String) throws -> PrivateKey {
        guard access(home.statusKeyPath, F_OK) == 0 else {
            throw CommandFailure(
                .configuration,
                "\(home.statusKeyPath) is missing; make one: signet keys create --status, then signet trust publish")
        }
        let key = try KeyFile.load(home.statusKeyPath, passphrase: passphrase)
        guard let record = trust.statusKey(key.publicKey.kid.description), record.isActive(at: Clock.now()) else {
            throw CommandFailure(
                .configuration,
                "the status key \(key.publicKey.kid) is not active by the published trust list; run: "
                    + (try nextPublicKey(of: home) == nil ? "signet trust publish" : "signet keys replace-status again")
            )
        }
        return key
    }
}
