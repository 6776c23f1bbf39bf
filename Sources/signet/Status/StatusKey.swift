import Glibc
import Signing
import Trust

/// The key that signs status lists: `keys/status.key`, with `status.pub.pem` beside it. It signs nothing
/// else, so a machine that republishes lists by itself needs neither the root's key nor an institution's.
enum StatusKey {
    @discardableResult
    static func create(passphrase: String, keysFolder: String, _ algorithm: SignatureAlgorithm) throws -> PublicKey {
        try ServiceKeyFile.create("status", passphrase: passphrase, keysFolder: keysFolder, algorithm)
    }

    /// Nil for a home made before there were status lists.
    static func publicKey(of home: Home) throws -> PublicKey? {
        guard access(home.statusPublicKeyPath, F_OK) == 0 else { return nil }
        return try PublicKey.load(home.statusPublicKeyPath)
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
                "the status key \(key.publicKey.kid) is not active by the published trust list; run: signet trust publish"
            )
        }
        return key
    }
}
