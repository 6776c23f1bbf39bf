import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Foundation
import GRDB
import Issuance
import Store
import StoreSQLite
import TestSupport
import Testing

/// Row 11 of the threats: a database administrator edits history.
@Suite struct AuditTests {
    /// A chain of its own beside a workshop's certificates: three batches of acts, a checkpoint after each.
    struct Scene {
        let workshop: Workshop
        let folder: CheckpointFolder

        init(acts: Int = 30) async throws {
            workshop = try await Workshop(rows: 120)
            try FileManager.default.createDirectory(
                atPath: workshop.folder.path + "/audit", withIntermediateDirectories: true)
            folder = CheckpointFolder(workshop.folder.path + "/audit")
            _ = try folder.createKey()
            let store = try workshop.openStore()
            try await store.write {
                _ = try $0.append(AuditAct(.initialised, actor: "t", subject: [:], time: Workshop.now))
            }
            try await workshop.issue(store: store)
            for number in 1...acts {
                try await store.write {
                    _ = try $0.append(
                        AuditAct(
                            .rowSettled, actor: "王", subject: [.row: .number(number)], digest: [UInt8(number)],
                            reason: "reason \(number)", time: Workshop.now + number))
                }
                if number % 10 == 0 { try await trail(store).keepCheckpoint(at: Workshop.now + number) }
            }
        }

        func trail(_ store: any Store) -> AuditTrail { AuditTrail(store: store.forAudits, folder: folder) }

        func problem(_ database: String) async -> AuditProblem.Code? {
            do {
                _ = try await trail(SQLiteStore(path: database)).verify()
                return nil
            } catch { return (error as? AuditProblem)?.code ?? .contradicted }
        }

        func checkpoints() throws -> [AuditCheckpoint] {
            let next = try folder.stream()
            var checkpoints: [AuditCheckpoint] = []
            while let checkpoint = try next() { checkpoints.append(checkpoint) }
            return checkpoints
        }

        /// A copy of the database, changed as one who owns it can.
        func changed(_ change: (Database) throws -> Void) throws -> String {
            let path = workshop.folder.path + "/changed-\(UUID().uuidString).sqlite"
            let queue = try DatabaseQueue(path: workshop.databasePath)
            let copy = try DatabaseQueue(path: path)
            try queue.backup(to: copy)
            try copy.write { db in
                try db.execute(sql: "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_cut")
                try change(db)
            }
            try copy.close()
            return path
        }
    }

    @Test("What was recorded is found as it was")
    func intact() async throws {
        let scene = try await Scene()
        #expect(await scene.problem(scene.workshop.databasePath) == nil)
        let unchanged = try scene.changed { _ in }
        #expect(await scene.problem(unchanged) == nil, "the control: a copy that was not edited")
    }

    @Test("1,000 random edits, deletions, reorders and tail cuts are all found")
    func edits() async throws {
        let scene = try await Scene()
        var random = SeededGenerator(seed: 11)
        let store = try scene.workshop.openStore()
        let entries = try await store.read { try $0.auditEntries(after: 0, limit: 1000) }
        let checkpoints = try scene.checkpoints()
        func isFound(_ entries: [AuditEntry], against checkpoints: [AuditCheckpoint]) -> Bool {
            do {
                var chain = try AuditChain(checkpoints: checkpoints)
                for entry in entries { try chain.add(entry) }
                _ = try chain.finish()
                return false
            } catch { return true }
        }
        #expect(!isFound(entries, against: checkpoints), "the control: nothing changed")
        var found = 0
        var foundWithoutCheckpoints = 0
        let copy = try DatabaseQueue(path: scene.changed { _ in })
        for _ in 0..<1000 {
            let sql = try Self.edit(entries, &random)
            let edited = try Self.left(by: sql, in: copy)
            #expect(edited != entries, "\(sql)")
            found += isFound(edited, against: checkpoints) ? 1 : 0
            foundWithoutCheckpoints += isFound(edited, against: []) ? 1 : 0
        }
        #expect(found == 1000)
        #expect(foundWithoutCheckpoints < 1000, "the control: without checkpoints tail cuts and rewrites are missed")
    }

    @Test("By raw SQL, too: cells, rows, order, the tail, the whole")
    func sql() async throws {
        let scene = try await Scene()
        let changes = [
            "UPDATE audit SET actor = 'x' WHERE sequence = 7", "UPDATE audit SET time = time - 1 WHERE sequence = 3",
            "UPDATE audit SET reason = '' WHERE sequence = 20", "UPDATE audit SET hash = previous WHERE sequence = 9",
            "DELETE FROM audit WHERE sequence = 12", "DELETE FROM audit WHERE sequence > 20", "DELETE FROM audit",
            """
            UPDATE audit SET sequence = -5 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = 6;
            UPDATE audit SET sequence = 6 WHERE sequence = -5
            """,
            // Backdating and minting, beside the log.
            "UPDATE batch_approval SET approved_at = approved_at - 86400",
            "UPDATE batch_approval SET approved_by = 'somebody else'",
            "UPDATE batch_approval SET statement = replace(statement, 'registry 0', 'registry 1')",
            "UPDATE batch SET award_day = award_day - 1", "UPDATE batch SET content = zeroblob(32)",
            """
            INSERT INTO batch_approval SELECT batch, 2, digest, statement, approved_by, approval_reason, approved_at
            FROM batch_approval
            """,
            "INSERT INTO batch_photo SELECT id, 2, zeroblob(32) FROM batch",
            "UPDATE version SET payload = zeroblob(length(payload)) WHERE certificate % 17 = 0",
            """
            INSERT INTO certificate SELECT id + 100000, 'Y1', zeroblob(16), occupation_code, level, private_box
            FROM certificate LIMIT 1;
            INSERT INTO version SELECT certificate + 100000, version, kid, payload FROM version ORDER BY 1 LIMIT 1;
            INSERT INTO seal SELECT certificate + 100000, version, signature FROM seal ORDER BY 1 LIMIT 1
            """,
        ]
        for change in changes {
            let path = try scene.changed { try $0.execute(sql: change) }
            #expect(await scene.problem(path) != nil, "\(change)")
        }
        // Even a mistake in the database's own tools is stopped.
        let queue = try DatabaseQueue(path: scene.workshop.databasePath)
        for change in ["DELETE FROM audit", "UPDATE audit SET actor = ''"] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: change) } }
        }
    }

    @Test("An older database is refused before anything is signed; the control without a checkpoint is not")
    func olderDatabase() async throws {
        let scene = try await Scene()
        let old = try scene.changed { try $0.execute(sql: "DELETE FROM audit WHERE sequence > 20") }
        await #expect(throws: AuditProblem(.behind, zh: "", en: "")) {
            try await scene.trail(SQLiteStore(path: old)).requireCurrent()
        }
        try await scene.trail(scene.workshop.openStore()).requireCurrent()
        let empty = CheckpointFolder(scene.workshop.folder.path)
        try await AuditTrail(store: SQLiteStore(path: old).forAudits, folder: empty).requireCurrent()
    }

    /// What the edit leaves, which is then undone.
    private static func left(by sql: String, in queue: DatabaseQueue) throws -> [AuditEntry] {
        try queue.writeWithoutTransaction { db in
            var entries: [AuditEntry] = []
            try db.inTransaction {
                try db.execute(sql: sql)
                entries = try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY sequence").map(AuditEntry.init(row:))
                return .rollback
            }
            return entries
        }
    }

    /// SQL for one of: a part of an entry changed; an entry left out; two exchanged; the tail cut; the
    /// whole chain made again from some entry on, by one who knows how.
    private static func edit(_ entries: [AuditEntry], _ random: inout SeededGenerator) throws -> String {
        let index = Int.random(in: 0..<entries.count, using: &random)
        let sequence = index + 1
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let change =
                [
                    "actor = actor || ' '", "time = time + 1", "reason = reason || '.'",
                    #"subject = CASE subject WHEN '{}' THEN '{"part":1}' ELSE '{}' END"#,
                    "digest = zeroblob(length(digest) + 1)", "previous = hash", "hash = previous",
                    "act = CASE act WHEN 'backup' THEN 'init' ELSE 'backup' END",
                ].randomElement(using: &random) ?? ""
            return "UPDATE audit SET \(change) WHERE sequence = \(sequence)"
        case 1: return "DELETE FROM audit WHERE sequence = \(sequence)"
        case 2:
            let other = (index + Int.random(in: 1..<entries.count, using: &random)) % entries.count + 1
            return """
                UPDATE audit SET sequence = -1 WHERE sequence = \(sequence);
                UPDATE audit SET sequence = \(sequence) WHERE sequence = \(other);
                UPDATE audit SET sequence = \(other) WHERE sequence = -1
                """
        case 3: return "DELETE FROM audit WHERE sequence >= \(sequence)"
        default:
            var last = index > 0 ? entries[index - 1] : nil
            return try entries[index...].map { entry in
                let actor = entry.sequence == sequence ? entry.act.actor + "+" : entry.act.actor
                let act = AuditAct(
                    entry.act.kind, actor: actor, subject: entry.act.subject, digest: entry.act.digest,
                    reason: entry.act.reason, time: entry.act.time)
                let next = try AuditEntry(act, after: last)
                last = next
                return """
                    UPDATE audit SET actor = '\(actor)', previous = x'\(Hex.encode(next.previous))',
                    hash = x'\(Hex.encode(next.hash))' WHERE sequence = \(entry.sequence)
                    """
            }.joined(separator: ";")
        }
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        func bytes(_ column: String) -> [UInt8] { [UInt8](row[column] as Data) }
        self.init(
            sequence: row["sequence"],
            act: try AuditAct(
                AuditAct.Kind(rawValue: row["act"]) ?? .initialised, actor: row["actor"],
                subject: AuditSubject(json: row["subject"]),
                digest: bytes("digest"), reason: row["reason"], time: row["time"]),
            previous: bytes("previous"), hash: bytes("hash"))
    }
}
