import Audit
import AuditLog
import Foundation
import Issuance
import Results
import Store
import StoreSQLite
import TestSupport
import Testing

/// A backup is taken while certificates are being issued.
@Suite struct BackupTests {
    /// Whether a database is whole, by all that its own log says; nil when it cannot even be read.
    private func actCount(_ path: String) async throws -> Int? {
        // No checkpoint: what counts is that the copy agrees with itself.
        try FileManager.default.createDirectory(atPath: path + "-audit", withIntermediateDirectories: true)
        let folder = CheckpointFolder(path + "-audit")
        _ = try folder.createKey()
        do {
            let trail = try AuditTrail(store: SQLiteStore(path: path).forAudits, folder: folder)
            return try await trail.verify()?.last.sequence ?? 0
        } catch { return nil }
    }

    @Test(
        "Between any two steps of an issue it is whole, and goes on to the same end; a copied file, the control, is not"
    )
    func online() async throws {
        let workshop = try await Workshop(rows: 200)
        let rows = try await workshop.plan().plan.bins[.issued]
        let store = try workshop.openStore()
        let folder = workshop.folder.path
        var step = 0
        try await workshop.issue(
            store: store,
            onStep: { _ in
                step += 1
                try store.backup(to: "\(folder)/backup-\(step).sqlite")
                try FileManager.default.copyItem(atPath: workshop.databasePath, toPath: "\(folder)/copy-\(step).sqlite")
            })
        #expect(step >= 10)
        var lacking = 0
        var last = 0
        for number in 1...step {
            let found = try #require(try await actCount("\(folder)/backup-\(number).sqlite"), "\(number)")
            #expect(found >= last)
            last = found
            // What was written lies beside the file that was copied.
            let copied = try await actCount("\(folder)/copy-\(number).sqlite")
            lacking += copied == found ? 0 : 1
            let restored = try SQLiteStore(path: "\(folder)/backup-\(number).sqlite")
            try await workshop.issue(store: restored)
            #expect(try await Inventory(restored, workshop, rows: rows).problems == [], "\(number)")
        }
        #expect(lacking > 0)
    }
}
