import Audit
import AuditLog
import Credential
import Foundation
import GRDB
import Issuance
import Publishing
import Seal
import Signing
import StatusList
import Store
import StoreSQLite
import TestSupport
import Testing
import Trust

/// Row 17 of the threats, on what is kept beside the log: reissued versions, corrections, statuses.
@Suite struct AuditedChangesTests {
    /// Certificates that were suspended, reinstated, revoked, corrected and reissued, with a checkpoint.
    struct Scene {
        let workshop: Workshop
        let trail: AuditTrail
        let folder: CheckpointFolder

        init() async throws {
            workshop = try await Workshop(rows: 60)
            try FileManager.default.createDirectory(
                atPath: workshop.folder.path + "/audit", withIntermediateDirectories: true)
            folder = CheckpointFolder(workshop.folder.path + "/audit")
            _ = try folder.createKey()
            let store = try workshop.openStore()
            try await Self.publish(try workshop.trust().list.signed(by: workshop.root), store)
            try await workshop.issue()
            trail = AuditTrail(store: store.forAudits, folder: folder)
            try await Self.act(.suspend, .underInvestigation, 0..<4, store)
            try await Self.act(.reinstate, .investigationClosed, 2..<4, store)
            try await Self.act(.revoke, .misconduct, 10..<13, store)
            var change = CertificateChange()
            change.holderName = "欧阳更正"
            change.documentNumber = "370702200002291236"
            try await reissue("correction", change, .corrected, rows: 5..<6, store)
            var other = CertificateChange()
            other.occupationName = "物流服务员"
            try await reissue("renamed", other, .reissued, rows: 0..<9, store, isPausedMeanwhile: true)
            try await reissue("waiting", other, .reissued, rows: 20..<22, store, isLeftPaused: true)
            change.documentNumber = "370702200002291244"
            try await reissue("corrected again", change, .corrected, rows: 5..<6, store)
            _ = try await workshop.publisher(store).publish(all: true)
            try await store.write { try $0.keep([KeptStatus(place: .init(list: 1, index: 3), status: .revoked)]) }
            try await store.write { transaction in
                let kept = try transaction.keptStatuses()
                try transaction.append(
                    AuditAct(
                        .statusesKept, actor: "t", subject: [.places: .number(1)],
                        digest: SHA256.digest(Array("1 3 \(kept[0].status.name)\n".utf8)), time: Workshop.now))
            }
            try await trail.keepCheckpoint(at: Workshop.now)
        }

        private static func publish(_ trustList: String, _ store: any Store) async throws {
            try await store.write { transaction in
                try transaction.saveTrustList(trustList, sequence: 1, after: 0)
                try transaction.append(
                    AuditAct(
                        .trustPublished, actor: "t", subject: [.trustList: .number(1)],
                        digest: SHA256.digest(trustList.utf8),
                        time: Workshop.now))
            }
        }

        private static func versions(_ rows: Range<Int>, _ store: any StoreReading) throws -> ArraySlice<SealedVersion>
        {
            try store.newestVersions(CertificateQuery(), after: nil, limit: 1000)[rows]
        }

        private static func act(
            _ transition: StatusTransition, _ reason: StatusReason, _ rows: Range<Int>, _ store: any Store
        ) async throws {
            try await store.write { transaction in
                var plan = StatusPlan(transition)
                // Named in another order than the store's.
                for version in try Self.versions(rows, transaction).reversed() {
                    try plan.add([version], in: transaction)
                }
                try plan.carryOut(
                    StatusAct(transition: transition, reason: reason, note: "案卷", actor: "李", time: Workshop.now),
                    in: transaction)
            }
        }

        private func reissue(
            _ name: String, _ change: CertificateChange, _ cause: StatusReason, rows: Range<Int>, _ store: SQLiteStore,
            isPausedMeanwhile: Bool = false, isLeftPaused: Bool = false
        ) async throws {
            let plan = try await store.read { store in
                var plan = ReissuePlan(change)
                try plan.add(Array(try Self.versions(rows, store).reversed()), in: store)
                return plan
            }
            let reissuer = Reissuer(
                store: store.forIssuing, keys: SigningKeys([workshop.key]),
                activeKeys: [workshop.institution.id: workshop.key.publicKey], dataKeys: workshop.dataKeys,
                trust: try workshop.trust(), status: StatusTerms(host: Workshop.host), now: { Workshop.now })
            let campaign = try await reissuer.approve(
                plan, name: name, cause: cause, approval: Approval(actor: "王", reason: "why", time: Workshop.now))
            if isPausedMeanwhile || isLeftPaused {
                try await store.write { try $0.pause(campaign, by: "王", at: Workshop.now + 1) }
            }
            if isPausedMeanwhile {
                try await store.write { transaction in
                    let paused = try #require(try transaction.campaign(named: name))
                    try transaction.resume(paused, by: "王", at: Workshop.now + 2)
                    try transaction.resume(campaign, by: "nobody: it goes on already", at: Workshop.now + 3)
                }
            }
            #expect(try await reissuer.run(campaign) == !isLeftPaused)
        }

        /// A copy of the database, changed as one who owns it can; nil when the statement changes nothing.
        func changed(_ sql: String) throws -> String? {
            let path = workshop.folder.path + "/changed-\(UUID().uuidString).sqlite"
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            let copy = try DatabaseQueue(path: path, configuration: configuration)
            try DatabaseQueue(path: workshop.databasePath).backup(to: copy)
            let count = try copy.write { db in
                try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
                let before = db.totalChangesCount
                try db.execute(sql: sql)
                return db.totalChangesCount - before
            }
            try copy.close()
            return count == 0 ? nil : path
        }

        func isFound(_ database: String) async throws -> Bool {
            defer { try? FileManager.default.removeItem(atPath: database) }
            do {
                _ = try await AuditTrail(store: SQLiteStore(path: database).forAudits, folder: folder).verify()
                return false
            } catch { return true }
        }
    }

    @Test("What was changed by commands is found as it was; the control, a copy that was not edited, too")
    func intact() async throws {
        let scene = try await Scene()
        _ = try await scene.trail.verify()
        let copy = try #require(try scene.changed("UPDATE batch_chunk SET skipped = skipped + 1"))
        #expect(try await !scene.isFound(copy))
    }

    @Test(
        "Edits by raw SQL are found",
        arguments: [
            "DELETE FROM status_entry WHERE idx = (SELECT min(idx) FROM status_entry)",
            "UPDATE status_entry SET status = 2 WHERE status = 1",
            "UPDATE status_entry SET status = 1 WHERE status = 2",
            "INSERT INTO status_entry SELECT 1, 7, 1, 1, certificate, version, randomblob(16) FROM seal LIMIT 1",
            // A revocation undone as a command would have done it, but for the log.
            """
            INSERT INTO status_act SELECT 99, 'reinstate', 'investigation-closed', note, made_by, made_at FROM status_act
            LIMIT 1; INSERT INTO status_change SELECT certificate, version, 99 FROM status_entry WHERE status = 1 LIMIT 1;
            DELETE FROM status_entry WHERE status = 1
            """,
            "UPDATE status_act SET made_by = 'x' WHERE id = 1", "UPDATE status_act SET made_at = made_at - 1",
            "UPDATE status_act SET reason = 'holder-request' WHERE reason = 'misconduct'",
            "DELETE FROM status_change WHERE act = 2", "UPDATE status_kept SET status = 2", "DELETE FROM status_kept",
            "INSERT INTO status_kept VALUES (1, 9, 1)",
            "UPDATE version SET payload = zeroblob(length(payload)) WHERE version = 2",
            "UPDATE version SET kid = x'0102030405060708' WHERE version = 2 AND certificate % 3 = 0",
            "DELETE FROM version WHERE version = 3", "DELETE FROM seal WHERE version = 2",
            "INSERT INTO version SELECT certificate, 9, kid, payload FROM version WHERE version = 2 LIMIT 1",
            "UPDATE correction SET made_by = 'x'", "UPDATE correction SET history_box = zeroblob(60)",
            "UPDATE correction SET person = NULL", "DELETE FROM correction",
            "UPDATE campaign SET name = name || '.'", "UPDATE campaign SET cause = 'key-compromise'",
            "UPDATE campaign SET change_box = zeroblob(60)", "UPDATE campaign SET completed_at = NULL",
            "UPDATE campaign SET approved_by = 'x' WHERE id = 1", "DELETE FROM campaign_member WHERE campaign = 2",
            // Evading the comparison of a batch.
            "UPDATE batch SET completed_at = NULL", "DELETE FROM seal WHERE version = 1 AND certificate % 5 = 0",
            // Signatures and the keys they are by.
            "UPDATE seal SET signature = zeroblob(64) WHERE version = 1 AND certificate % 7 = 0",
            "UPDATE seal SET signature = (SELECT signature FROM seal AS other ORDER BY certificate DESC LIMIT 1)",
            "UPDATE version SET kid = x'0102030405060708' WHERE version = 1 AND certificate % 3 = 0",
            // What is kept of holders, and the columns by which certificates are found.
            "UPDATE certificate SET private_box = zeroblob(length(private_box)) WHERE id % 5 = 0",
            "UPDATE certificate SET private_box = zeroblob(60) WHERE id IN (SELECT certificate FROM correction)",
            "UPDATE certificate SET private_box = (SELECT private_box FROM correction LIMIT 1) WHERE id % 5 = 0",
            "UPDATE certificate SET person = randomblob(16) WHERE id IN (SELECT certificate FROM correction)",
            "UPDATE certificate SET number = number || '9' WHERE id % 7 = 0", "UPDATE certificate SET level = 4",
            "UPDATE certificate SET occupation_code = '5-05-01-02' WHERE id % 7 = 0",
            "UPDATE correction SET record_before = randomblob(32) WHERE version = 2",
            "UPDATE correction SET record_before = randomblob(32) WHERE version = 4",
            "UPDATE correction SET record_before = NULL",
            "INSERT INTO certificate SELECT 1, 'Y', randomblob(16), occupation_code, level, private_box FROM certificate LIMIT 1",
            "UPDATE batch SET award_day = award_day - 1", "UPDATE batch SET institution = '4137011067'",
            // Pauses that nobody made, ended or moved.
            "UPDATE campaign SET paused_at = NULL", "UPDATE campaign SET paused_at = paused_at + 1",
            "UPDATE campaign SET paused_at = 5 WHERE name = 'renamed'",
            // Another order would give places again, or tell whose they are.
            "UPDATE status_list SET permutation_key = randomblob(32)", "UPDATE status_list SET size = size * 4",
            """
            INSERT INTO status_list SELECT id + 1, size, permutation_key, size, changes, published_changes, published_at
            FROM status_list
            """,
            // Given out once more.
            "UPDATE number_series SET next = 1", "UPDATE status_list SET next = 0",
            "UPDATE status_list SET published_at = published_at - 1",
        ])
    func edit(sql: String) async throws {
        let scene = try await Scene()
        let path = try #require(try scene.changed(sql), "the edit changed nothing")
        #expect(try await scene.isFound(path))
    }

    @Test("300 random edits of cells and rows are all found")
    func randomEdits() async throws {
        let scene = try await Scene()
        var random = SeededGenerator(seed: 17)
        let tables: [(String, where: String, columns: [String])] = [
            ("status_entry", "1", ["idx", "status", "list", "certificate", "version", "certificate_id"]),
            ("status_act", "1", ["transition", "reason", "note", "made_by", "made_at"]),
            ("status_change", "1", ["certificate", "version"]), ("status_kept", "1", ["list", "idx"]),
            ("version", "1", ["certificate", "version", "kid", "payload"]),
            ("seal", "1", ["certificate", "version", "signature"]),
            ("certificate", "1", ["id", "number", "person", "occupation_code", "private_box"]),
            ("status_list", "1", ["id", "size", "permutation_key"]),
            (
                "correction", "1",
                [
                    "certificate", "version", "history_box", "person", "private_box", "record_before", "made_by",
                    "reason",
                ]
            ),
            (
                "campaign", "1",
                ["name", "digest", "cause", "change_box", "approved_by", "approved_at", "completed_at", "paused_at"]
            ),
            ("campaign_member", "1", ["campaign", "certificate", "version", "replacement"]),
        ]
        var (done, found) = (0, 0)
        while done < 300 {
            let table = tables.randomElement(using: &random) ?? tables[0]
            let column = table.columns.randomElement(using: &random) ?? ""
            let offset = Int.random(in: 0..<20, using: &random)
            let row = """
                FROM \(table.0) WHERE \(table.where) LIMIT 1 OFFSET \(offset) % (SELECT count(*) FROM \(table.0)
                WHERE \(table.where))
                """
            let keys =
                ["status_act", "campaign", "certificate", "status_list"].contains(table.0)
                ? ["id"] : Self.keys[table.0] ?? []
            let which = "(\(keys.joined(separator: ", "))) = (SELECT \(keys.joined(separator: ", ")) \(row))"
            let edit =
                Int.random(in: 0..<4, using: &random) == 0
                ? "DELETE FROM \(table.0) WHERE \(which)"
                : """
                UPDATE OR IGNORE \(table.0) SET \(column) = CASE typeof(\(column)) WHEN 'integer' THEN \(column) + 1
                WHEN 'text' THEN \(column) || 'x' ELSE randomblob(length(\(column))) END
                WHERE \(which) AND \(column) IS NOT NULL
                """
            guard let path = try scene.changed(edit) else { continue }
            done += 1
            let isFound = try await scene.isFound(path)
            found += isFound ? 1 : 0
            #expect(isFound, "\(edit)")
        }
        #expect(found == 300)
    }

    private static let keys = [
        "status_entry": ["list", "idx"], "status_change": ["certificate", "version", "act"],
        "status_kept": ["list", "idx"], "version": ["certificate", "version"], "seal": ["certificate", "version"],
        "correction": ["certificate", "version"],
        "campaign_member": ["campaign", "certificate"],
    ]
}
