import Audit
import AuditLog
import Credential
import Errors
import Files
import Glibc
import HomeFolder
import Keyring
import PersonalData
import Signing
import Store
import StoreSQLite

extension Home {
    /// Makes the folder of a new installation, whole or not at all.
    ///
    /// - Returns: the root key.
    package static func create(
        _ path: String, _ config: HomeConfig, algorithm: SignatureAlgorithm, passphrase: Passphrase, by actor: Actor
    ) async throws -> PublicKey {
        guard access(path, F_OK) != 0 else {
            throw Refusal(.conflict, zh: "\(path) 已经存在，未作任何更改", en: "\(path) exists already; nothing was changed")
        }
        let root = try PrivateKey.generate(algorithm)
        try await Folder.createWhole(path) { folder in
            try Folder.create(folder + "/keys", mode: 0o700)
            try Folder.create(folder + "/trust")
            try Folder.create(folder + "/issued", mode: 0o700)
            try Folder.create(folder + "/status")
            try Folder.create(folder + "/signer", mode: 0o700)
            for service in ServiceKey.allCases {
                try service.create(passphrase: passphrase, keysFolder: folder + "/keys", algorithm)
            }
            try KeyFile.save(root, passphrase: passphrase, to: folder + "/keys/root.key")
            try DurableFile.create(Array(root.publicKey.pem.utf8), at: folder + "/keys/root.pub.pem", mode: 0o644)
            try DurableFile.create(DataKeys.generate(), at: folder + "/data.keys", mode: 0o600)
            try Folder.create(folder + "/audit")
            try await begin(
                CheckpointFolder(folder + "/audit"), in: SQLiteStore(path: folder + "/signet.sqlite"), by: actor)
            try DurableFile.create(config.encoded(), at: folder + "/config.json", mode: 0o644)
        }
        return root.publicKey
    }

    /// The first entry of the audit trail names the key that will sign its checkpoints.
    private static func begin(_ folder: CheckpointFolder, in store: SQLiteStore, by actor: Actor) async throws {
        let (key, time) = (try folder.createKey(), Clock.now())
        try await store.write {
            _ = try $0.append(
                AuditAct(
                    .initialised, actor: actor.name, subject: [.key: .text("\(key.kid)")],
                    digest: SHA256.digest(key.spki), time: time))
        }
        try await AuditTrail(store: store.forAudits, folder: folder).keepCheckpoint(at: time)
    }
}
