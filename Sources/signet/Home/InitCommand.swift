import ArgumentParser
import Audit
import AuditLog
import Credential
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Issuance
import Keyring
import PersonalData
import Signing
import Store

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
        let root = try await Home.create(
            home.path, config, algorithm: algorithm.algorithm, passphrase: passphrase.passphrase(isNew: true),
            by: Login.actor())
        print(
            """
            Made \(home.path) for \(authority).
              root key        \(root.kid) (\(algorithm.rawValue)), in keys/root.key
              for verifiers   keys/root.pub.pem
              data keys       data.keys: keep a backup apart from the database's
            Next: signet registry import --folder FOLDER
            """)
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
