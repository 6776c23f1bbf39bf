import AuditLog
import Encodings
import Errors
import Files
import FoundationEssentials
import Signing

/// manifest.json of a backup.
package struct BackupManifest: Codable {
    /// Seconds since 1970.
    package var time: Int
    /// Where the audit trail ended.
    package var sequence: Int
    package var hash: String
    /// What was used up by then: serials, places in status lists, trust lists.
    package var marks: [String: Int]
    /// SHA-256 of each file by its path.
    package var files: [String: String]

    package init(of folder: String, time: Int, checkpoint: AuditCheckpoint?) throws {
        self.time = time
        sequence = checkpoint?.sequence ?? 0
        hash = Hex.encode(checkpoint?.hash ?? [])
        marks = checkpoint?.marks ?? [:]
        files = try Self.digests(of: folder)
    }

    package init(file path: String) throws {
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(DurableFile.read(path))) else {
            throw Refusal(
                .refused, zh: "\(path) 不是备份清单；没有任何更改", en: "\(path) is not a backup's manifest; nothing was changed")
        }
        self = manifest
    }

    package static func digests(of folder: String) throws -> [String: String] {
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
