import Audit
import AuditLog
import Credential
import Issuance
import Signing
import StatusList
import Store
import StoreSQLite
import TestSupport
import Testing

/// A write's body may run twice. What is issued, changed and recorded is the same then.
@Suite struct RepeatedWriteTests {
    private struct Kept: Equatable {
        let certificates: Int
        let sealed: Int
        let statuses: Int
        let acts: [AuditAct.Kind]
        let lastNumber: String
    }

    @Test("Issue, suspend, correct and reissue keep and record the same when each write runs twice")
    func wholeLife() async throws {
        let (once, twice) = (try await kept { $0 }, try await kept { RepeatingStore($0) })
        #expect(once == twice)
        #expect(once.sealed > once.certificates && once.statuses > 1)
    }

    private func kept(_ wrapped: (SQLiteStore) -> any Store) async throws -> Kept {
        let workshop = try await Workshop(rows: 120)
        let store = wrapped(try workshop.openStore())
        let folder = CheckpointFolder(workshop.folder.path)
        _ = try folder.createKey()
        try await workshop.issue(store: store)
        let versions = try await store.read { try $0.newestVersions(CertificateQuery(), after: nil, limit: 1000) }
        let act = StatusAct(
            transition: .suspend, reason: .underInvestigation, note: "", actor: "tester", time: Workshop.now)
        try await store.write { transaction in
            try transaction.record(act, Array(transaction.changes(of: [versions[0]]).values))
        }
        let reissuer = Reissuer(
            store: store.forIssuing, keys: SigningKeys([workshop.key]),
            activeKeys: [workshop.institution.id: workshop.key.publicKey], dataKeys: workshop.dataKeys,
            trust: try workshop.trust(), status: StatusTerms(host: Workshop.host), now: { Workshop.now })
        var change = CertificateChange()
        change.holderName = "欧阳更正"
        try await run(change, [versions[1]], .corrected, reissuer, store)
        try await run(CertificateChange(), Array(versions[2..<9]), .reissued, reissuer, store)
        let trail = AuditTrail(store: store.forAudits, folder: folder)
        try await trail.keepCheckpoint(at: Workshop.now)
        _ = try await trail.verify()
        return try await store.read { store in
            var statuses = 0
            for list in try store.statusLists() { try store.forEachStatus(in: list.id) { _, _ in statuses += 1 } }
            return Kept(
                certificates: versions.count, sealed: try store.sealedVersions(of: nil, after: nil, limit: 9999).count,
                statuses: statuses, acts: try store.auditEntries(after: 0, limit: 9999).map(\.act.kind),
                lastNumber: versions[versions.count - 1].number.text)
        }
    }

    private func run(
        _ change: CertificateChange, _ versions: [SealedVersion], _ cause: StatusReason, _ reissuer: Reissuer,
        _ store: any Store
    ) async throws {
        let plan = try await store.read { store in
            var plan = ReissuePlan(change)
            try plan.add(Array(versions), in: store)
            return plan
        }
        let campaign = try await reissuer.approve(
            plan, name: cause.rawValue, cause: cause,
            approval: Approval(actor: "tester", reason: "", time: Workshop.now))
        #expect(try await reissuer.run(campaign))
    }
}
