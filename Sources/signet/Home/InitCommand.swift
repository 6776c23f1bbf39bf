import ArgumentParser
import Audit
import AuditLog
import Credential
import Errors
import Files
import Glibc
import Installation
import Issuance
import Keyring
import PersonalData
import Signing
import Store
import StoreSQLite

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the folder of a new installation: root key, data keys, empty database.",
        discussion: """
            Example:
              signet init --authority "Weifang Skill Appraisal Centre" --host verify.example.org
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Option(help: "Name of the authority, shown to everyone who verifies.")
    var authority: String

    @Option(help: "Host name printed in QR codes; a page of this server must be reachable there.")
    var host: String

    @Option(help: "Address of a timestamp authority (RFC 3161), by which documents are stamped.")
    var timestampAuthority: String?

    @Option(help: "Algorithm of the root key: ES256, EdDSA or SM2.")
    var algorithm: AlgorithmName = .es256

    func run() async throws {
        let config = try HomeConfig(authority: authority, host: host, timestampAuthority: timestampAuthority)
        guard access(home.path, F_OK) != 0 else {
            throw Refusal(.conflict, "\(home.path) exists already; nothing was changed")
        }
        let secret = try passphrase.passphrase(isNew: true)
        let root = try PrivateKey.generate(algorithm.algorithm)
        try await Folder.createWhole(home.path) { folder in
            try Folder.create(folder + "/keys", mode: 0o700)
            try Folder.create(folder + "/trust")
            try Folder.create(folder + "/issued", mode: 0o700)
            try Folder.create(folder + "/status")
            for service in ServiceKey.allCases {
                try service.create(passphrase: secret, keysFolder: folder + "/keys", algorithm.algorithm)
            }
            try KeyFile.save(root, passphrase: secret, to: folder + "/keys/root.key")
            try DurableFile.create(Array(root.publicKey.pem.utf8), at: folder + "/keys/root.pub.pem", mode: 0o644)
            try DurableFile.create(DataKeys.generate(), at: folder + "/data.keys", mode: 0o600)
            try Folder.create(folder + "/audit")
            try await begin(CheckpointFolder(folder + "/audit"), in: SQLiteStore(path: folder + "/signet.sqlite"))
            try DurableFile.create(config.encoded(), at: folder + "/config.json", mode: 0o644)
        }
        print(
            """
            Made \(home.path) for \(authority).
              root key        \(root.publicKey.kid) (\(algorithm.rawValue)), in keys/root.key
              for verifiers   keys/root.pub.pem
              data keys       data.keys: keep a backup apart from the database's
            Next: signet registry import --folder FOLDER
            """)
    }

    /// The first entry of the audit trail names the key that will sign its checkpoints.
    private func begin(_ folder: CheckpointFolder, in store: SQLiteStore) async throws {
        let (key, time) = (try folder.createKey(), Clock.now())
        try await store.write {
            _ = try $0.append(
                AuditAct(
                    .initialised, actor: Login.name, subject: [.key: .text("\(key.kid)")],
                    digest: SHA256.digest(key.spki),
                    time: time))
        }
        try await AuditTrail(store: store.forAudits, folder: folder).keepCheckpoint(at: time)
    }
}

/// Algorithms as they are typed.
enum AlgorithmName: String, ExpressibleByArgument, CaseIterable {
    case es256 = "ES256"
    case edDSA = "EdDSA"
    case sm2 = "SM2"

    init?(argument: String) {
        guard let match = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
            return nil
        }
        self = match
    }

    var algorithm: SignatureAlgorithm {
        switch self {
        case .es256: .es256
        case .edDSA: .ed25519
        case .sm2: .sm2
        }
    }
}
