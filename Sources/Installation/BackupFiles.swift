import Files
import FoundationEssentials
import Glibc

/// What else is in a backup.
package enum BackupFiles {
    package static let folders = ["audit", "keys", "trust", "trust/recorded", "status", "signer"]

    package static func copy(from home: String, to backup: String) throws {
        for folder in [""] + folders {
            let source = folder.isEmpty ? home : home + "/" + folder
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: source) else { continue }
            let isOwn = ["keys", "signer"].contains(folder)
            if !folder.isEmpty { try Folder.create(backup + "/" + folder, mode: isOwn ? 0o700 : 0o755) }
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
        case "signer": name == "roster.json"
        case "trust": name == "trust-list.jws"
        default: !name.hasPrefix(".")
        }
    }

    package static func mode(_ name: String) -> mode_t {
        ["audit.key", "roster.json", "signet.sqlite"].contains(name) || name.hasSuffix(".hsm.json") ? 0o600 : 0o644
    }
}
