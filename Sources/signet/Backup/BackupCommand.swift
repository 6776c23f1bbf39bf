import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import FoundationEssentials
import Glibc
import Installation
import Issuance
import Signing
import Store
import StoreSQLite

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy a home while it is in use: database, lists, public keys, checkpoints.",
        discussion: """
            Private keys and data.keys are not in it: copy these once, offline, each apart from the database. The \
            backup's manifest has the digest of each file and where the audit trail ended.

            Example:
              signet backup --out backups/2026-07-10
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: ArgumentHelp("Folder to make; must not exist.", valueName: "folder")) var out: String

    func run() async throws {
        let home = try home.open()
        let store = try await home.openStoreToAct()
        let (time, out) = (Clock.now(), out)
        guard access(out, F_OK) != 0 else {
            throw Refusal(.conflict, "\(out) exists already; nothing was changed")
        }
        try await home.authority(of: store).carryOut(.backUp, by: Login.actor()) {
            try await store.write {
                _ = try $0.append(AuditAct(.backedUp, actor: Login.name, subject: [:], time: time))
            }
            return ((), time)
        }
        let checkpoint = try home.checkpoints.newest()
        try await Folder.createWhole(out) { folder in
            try store.backup(to: folder + "/signet.sqlite")
            try BackupFiles.copy(from: home.path, to: folder)
            let manifest = try BackupManifest(of: folder, time: time, checkpoint: checkpoint)
            try DurableFile.create(
                Array((JSONLine.encode(manifest) + "\n").utf8), at: folder + "/manifest.json", mode: 0o600)
        }
        print(
            """
            Backed up to \(out), up to act \(checkpoint?.sequence ?? 0).
            Not in it: private keys and data.keys; keep their own copies apart.
            Keep \(out)/audit/checkpoint, or a later one, elsewhere, too: a restore asks for the last.
            """)
    }
}

/// What else is in a backup.
enum BackupFiles {
    static let folders = ["audit", "keys", "trust", "trust/recorded", "status"]

    static func copy(from home: String, to backup: String) throws {
        for folder in [""] + folders {
            let source = folder.isEmpty ? home : home + "/" + folder
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: source) else { continue }
            if !folder.isEmpty { try Folder.create(backup + "/" + folder, mode: folder == "keys" ? 0o700 : 0o755) }
            for name in names.sorted() where isPublic(name, in: folder) {
                let path = folder.isEmpty ? name : folder + "/" + name
                try DurableFile.create(
                    DurableFile.read(home + "/" + path, limit: 1 << 30), at: backup + "/" + path, mode: mode(name))
            }
        }
    }

    /// Private keys have their own backups; the audit key is one that a restored home cannot be without.
    private static func isPublic(_ name: String, in folder: String) -> Bool {
        switch folder {
        case "": ["config.json", "pass-rules.json"].contains(name)
        case "audit": ["audit.key", "audit.pub.pem", "checkpoint", "checkpoints"].contains(name)
        case "keys": name.hasSuffix(".pem") || name.hasSuffix(".hsm.json")
        case "trust": name == "trust-list.jws"
        default: !name.hasPrefix(".")
        }
    }

    static func mode(_ name: String) -> mode_t {
        name == "audit.key" || name == "signet.sqlite" || name.hasSuffix(".hsm.json") ? 0o600 : 0o644
    }
}

/// manifest.json of a backup.
struct BackupManifest: Codable {
    /// Seconds since 1970.
    var time: Int
    /// Where the audit trail ended.
    var sequence: Int
    var hash: String
    /// What was used up by then: serials, places in status lists, trust lists.
    var marks: [String: Int]
    /// SHA-256 of each file by its path.
    var files: [String: String]

    init(of folder: String, time: Int, checkpoint: AuditCheckpoint?) throws {
        self.time = time
        sequence = checkpoint?.sequence ?? 0
        hash = Hex.encode(checkpoint?.hash ?? [])
        marks = checkpoint?.marks ?? [:]
        files = try Self.digests(of: folder)
    }

    init(file path: String) throws {
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(DurableFile.read(path))) else {
            throw Refusal(.refused, "\(path) is not a backup's manifest; nothing was changed")
        }
        self = manifest
    }

    static func digests(of folder: String) throws -> [String: String] {
        var digests: [String: String] = [:]
        for part in [""] + BackupFiles.folders {
            let path = part.isEmpty ? folder : folder + "/" + part
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            where name != "manifest.json" && !BackupFiles.folders.contains(part.isEmpty ? name : part + "/" + name) {
                let key = part.isEmpty ? name : part + "/" + name
                digests[key] = Hex.encode(try SHA256.digest(DurableFile.read(folder + "/" + key, limit: 1 << 40)))
            }
        }
        return digests
    }
}
