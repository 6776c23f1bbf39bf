import Acts
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import FoundationEssentials
import Glibc
import HomeFolder
import StoreSQLite

extension Home {
    /// Copies database, lists, public keys and checkpoints into a new folder, while the home is in use.
    ///
    /// - Returns: the last act that is in it.
    package func backUp(to folder: String, in office: Office, by actor: Actor) async throws -> Int {
        guard access(folder, F_OK) != 0 else {
            throw Refusal(
                .conflict, zh: "\(folder) 已经存在，未作任何更改", en: "\(folder) exists already; nothing was changed")
        }
        let time = Clock.now()
        try await office.perform(RecordBackup(), by: actor, at: time)
        let checkpoint = try checkpoints.newest()
        let store = try openDatabase()
        try await Folder.createWhole(folder) { folder in
            try store.backup(to: folder + "/signet.sqlite")
            try BackupFiles.copy(from: path, to: folder)
            let manifest = try BackupManifest(of: folder, time: time, checkpoint: checkpoint)
            try DurableFile.create(
                Array((JSONLine.encode(manifest) + "\n").utf8), at: folder + "/manifest.json", mode: 0o600)
        }
        return checkpoint?.sequence ?? 0
    }

    /// Makes a home from a backup; nothing is signed in it until the backup is accepted.
    package static func restore(from backup: String, to path: String) async throws -> BackupManifest {
        guard access(path, F_OK) != 0 else {
            throw Refusal(.conflict, zh: "\(path) 已经存在，未作任何更改", en: "\(path) exists already; nothing was changed")
        }
        let manifest = try BackupManifest(file: backup + "/manifest.json")
        let found = try BackupManifest.digests(of: backup)
        if let file = Set(found.keys).union(manifest.files.keys).sorted().first(where: {
            found[$0] != manifest.files[$0]
        }) {
            throw Refusal(
                .refused, zh: "\(backup)/\(file) 与备份时不同，未作任何更改",
                en: "\(backup)/\(file) is not what was backed up; nothing was changed")
        }
        try await Folder.createWhole(path) { folder in
            try BackupFiles.copy(from: backup, to: folder)
            try Folder.create(folder + "/issued", mode: 0o700)
            try FileManager.default.copyItem(atPath: backup + "/signet.sqlite", toPath: folder + "/signet.sqlite")
            try CheckpointFolder(folder + "/audit").markRestored()
        }
        return manifest
    }
}
