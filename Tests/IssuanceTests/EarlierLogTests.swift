import AuditLog
import Foundation
import GRDB
import Issuance
import Signing
import Store
import StoreSQLite
import Testing

/// Logs that earlier versions wrote say less, and go on being verified by what they say.
@Suite struct EarlierLogTests {
    /// A database whose log is as it would have been written then, with a checkpoint of its own.
    private struct Earlier {
        let scene: AuditedChangesTests.Scene
        let path: String
        let folder: CheckpointFolder

        init() async throws {
            scene = try await AuditedChangesTests.Scene()
            path = try #require(try scene.changed("UPDATE correction SET record_before = NULL"))
            let store = try SQLiteStore(path: path)
            let entries = try await store.read { try $0.auditEntries(after: 0, limit: 1000) }
            let queue = try DatabaseQueue(path: path)
            let payloads = try await queue.read { db in
                try Data.fetchAll(db, sql: "SELECT payload FROM version WHERE version = 1 ORDER BY certificate")
                    .flatMap(Array.init)
            }
            var last: AuditEntry?
            var chain: [AuditEntry] = []
            for act in try entries.compactMap({ try Self.earlier($0.act, payloads) }) {
                let entry = try AuditEntry(act, after: last)
                chain.append(entry)
                last = entry
            }
            let written = chain
            try await queue.write { db in
                try db.execute(
                    sql: "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_cut; DELETE FROM audit")
                for entry in written {
                    try db.execute(
                        sql: "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        arguments: [
                            entry.sequence, entry.act.time, entry.act.actor, entry.act.kind.rawValue, entry.act.subject,
                            Data(entry.act.digest), entry.act.reason, Data(entry.previous), Data(entry.hash),
                        ])
                }
            }
            try queue.close()
            let audit = path + "-audit"
            try FileManager.default.createDirectory(atPath: audit, withIntermediateDirectories: true)
            folder = CheckpointFolder(audit)
            _ = try folder.createKey()
            try await AuditTrail(store: store, folder: folder).keepCheckpoint(at: Workshop.now)
        }

        /// Nil for an act that was not written then.
        private static func earlier(_ act: AuditAct, _ payloads: [UInt8]) throws -> AuditAct? {
            func with(_ subject: String, _ digest: [UInt8]) -> AuditAct {
                AuditAct(
                    act.kind, actor: act.actor, subject: subject, digest: digest, reason: act.reason, time: act.time)
            }
            switch act.kind {
            case .statusListBegun, .reissueResumed: return nil
            case .reissuePaused: return with(act.subject.replacing(" paused", with: ""), act.digest)
            case .batchPrepared:
                let subject = act.subject.replacing(", with records", with: "")
                #expect(subject.hasPrefix("batch 1 part 0 certificates "), "the test knows of one part")
                return with(subject, try SHA256.digest(payloads))
            default: return act
            }
        }

        func isFound(_ sql: String) async throws -> Bool {
            let copy = path + "-copy-\(UUID().uuidString)"
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            let queue = try DatabaseQueue(path: copy, configuration: configuration)
            try DatabaseQueue(path: path).backup(to: queue)
            try await queue.write { try $0.execute(sql: sql) }
            try queue.close()
            do {
                _ = try await AuditTrail(store: SQLiteStore(path: copy), folder: folder).verify()
                return false
            } catch { return true }
        }
    }

    @Test("An earlier log is verified; what it says is compared, and signatures are, too")
    func earlier() async throws {
        let earlier = try await Earlier()
        _ = try await AuditTrail(store: SQLiteStore(path: earlier.path), folder: earlier.folder).verify()
        for edit in [
            "UPDATE version SET payload = zeroblob(length(payload)) WHERE version = 1 AND certificate % 9 = 0",
            "UPDATE seal SET signature = zeroblob(64) WHERE certificate % 9 = 0",
            "UPDATE version SET kid = x'0102030405060708' WHERE version = 1 AND certificate % 9 = 0",
            "UPDATE certificate SET private_box = zeroblob(60) WHERE id IN (SELECT certificate FROM correction)",
            "UPDATE campaign SET paused_at = paused_at + 1", "DELETE FROM audit WHERE sequence = 3",
        ] { #expect(try await earlier.isFound(edit), "\(edit)") }
    }

    @Test("The control: what only the acts of now say is not found in an earlier log")
    func control() async throws {
        let earlier = try await Earlier()
        for edit in [
            "UPDATE certificate SET private_box = zeroblob(60) WHERE id NOT IN (SELECT certificate FROM correction)",
            "UPDATE status_list SET permutation_key = randomblob(32)", "UPDATE campaign SET paused_at = NULL",
        ] { #expect(try await !earlier.isFound(edit), "\(edit)") }
    }
}
