import AuditLog
import Credential
import Issuance
import PersonalData
import Seal
import Signing
import StatusList
import Store
import StoreSQLite
import Testing

/// Corrections and reissues: rows 1, 2 and 17 of the threats.
@Suite struct ReissueTests {
    private struct Crash: Error {}

    private static let approval = Approval(actor: "officer", reason: "why", time: Workshop.now)

    private func reissuer(_ workshop: Workshop, _ store: any Store) throws -> Reissuer {
        Reissuer(
            store: store.forIssuing, keys: SigningKeys([workshop.key]),
            activeKeys: [workshop.institution.id: workshop.key.publicKey],
            dataKeys: workshop.dataKeys, trust: try workshop.trust(),
            status: StatusTerms(host: Workshop.host, listSize: workshop.listSize), now: { Workshop.now })
    }

    private func plan(
        _ change: CertificateChange, _ store: any Store
    ) async throws -> ReissuePlan {
        try await store.read { store in
            var plan = ReissuePlan(change)
            for version in try store.newestVersions(CertificateQuery(), after: nil, limit: 100_000) {
                try plan.add([version], in: store)
            }
            return plan
        }
    }

    /// Of each certificate the versions that a verifier would take for valid.
    private func validVersions(_ store: any Store) async throws -> [CertificateKey: [Int]] {
        try await store.read { store in
            var valid: [CertificateKey: [Int]] = [:]
            let versions = try store.sealedVersions(of: nil, after: nil, limit: 100_000)
            let changes = try store.changes(of: versions)
            for version in versions {
                let status = changes[version.key]?.from ?? .valid
                if status == .valid { valid[version.key.certificate, default: []].append(version.key.version) }
            }
            return valid
        }
    }

    @Test("Stopped after any step, everyone has exactly one valid version, and a rerun ends the same")
    func crashes() async throws {
        let workshop = try await Workshop(rows: 120)
        try await workshop.issue()
        let store = try workshop.openStore()
        let count = try await validVersions(store).count
        var change = CertificateChange()
        change.occupationName = "物流服务员"
        var (limit, round) = (1, 0)
        while true {
            round += 1
            let frozen = try await plan(change, store)
            let reissuer = try reissuer(workshop, store)
            let campaign = try await reissuer.approve(
                frozen, name: "round \(round)", cause: .reissued, approval: Self.approval)
            var steps = 0
            let isWhole = try? await reissuer.run(
                campaign,
                onStep: { _ in
                    steps += 1
                    if steps == limit { throw Crash() }
                })
            // Right after the crash, and after the rerun.
            for isRerun in [false, true] {
                if isRerun {
                    let reopened = try workshop.openStore()
                    _ = try await self.reissuer(workshop, reopened).run(campaign)
                }
                let valid = try await validVersions(store)
                #expect(valid.count == count && valid.values.allSatisfy { $0.count == 1 }, "after step \(limit)")
                if isRerun { #expect(valid.values.allSatisfy { $0 == [round + 1] }, "after step \(limit)") }
            }
            if isWhole == true { break }
            limit += 1
        }
        #expect(limit > 4)
        let names = try await store.read { store in
            try Set(
                store.newestVersions(CertificateQuery(), after: nil, limit: 1000).map {
                    try CertificateClaims(decoding: $0.payload[...]).certificate.occupation.name
                })
        }
        #expect(names == ["物流服务员"])
    }

    @Test("The control: signatures kept without ending the old versions leave two valid ones")
    func control() async throws {
        let workshop = try await Workshop(rows: 60)
        try await workshop.issue()
        let store = try workshop.openStore()
        let reissuer = try reissuer(workshop, store)
        let campaign = try await reissuer.approve(
            plan(CertificateChange(), store), name: "c", cause: .reissued, approval: Self.approval)
        await #expect(throws: Crash.self) {
            _ = try await reissuer.run(campaign, onStep: { if $0 == .prepared { throw Crash() } })
        }
        let signer = try Signer(workshop.key)
        let rest = try await store.read { try $0.unsignedReplacements(of: campaign.id, limit: 1000) }
        let signatures = try rest.map {
            VersionSignature(
                key: $0.key,
                signature: try signer.sign(
                    PreparedSeal(storedPayload: $0.payload, key: workshop.key.publicKey).bytesToSign))
        }
        try await store.write { try $0.insert(signatures) }
        #expect(try await validVersions(store).values.contains { $0.count == 2 })
    }

    @Test("What was revoked meanwhile stays so, what is suspended stays suspended, and a pause holds")
    func meanwhile() async throws {
        let workshop = try await Workshop(rows: 60)
        try await workshop.issue()
        let store = try workshop.openStore()
        let all = try await store.read { try $0.newestVersions(CertificateQuery(), after: nil, limit: 1000) }
        func act(_ transition: StatusTransition, _ reason: StatusReason, _ version: SealedVersion) async throws {
            try await store.write { transaction in
                let change = try #require(try transaction.changes(of: [version])[version.key])
                try transaction.record(
                    StatusAct(transition: transition, reason: reason, note: "", actor: "t", time: Workshop.now),
                    [change])
            }
        }
        try await act(.revoke, .misconduct, all[0])
        try await act(.suspend, .underInvestigation, all[1])
        let reissuer = try reissuer(workshop, store)
        let frozen = try await plan(CertificateChange(), store)
        #expect(frozen.refused == [all[0].number] && frozen.suspended == 1)
        let campaign = try await reissuer.approve(frozen, name: "m", cause: .reissued, approval: Self.approval)
        try await store.write { try $0.setPaused(campaign.id, at: 1) }
        #expect(try await !reissuer.run(campaign))
        #expect(try await store.read { try $0.progress(of: campaign.id) }.prepared == 0)
        try await store.write { try $0.setPaused(campaign.id, at: nil) }
        // Revoked between preparing and keeping.
        await #expect(throws: Crash.self) {
            _ = try await reissuer.run(campaign, onStep: { if $0 == .prepared { throw Crash() } })
        }
        try await act(.revoke, .misconduct, all[2])
        #expect(try await reissuer.run(campaign))
        let valid = try await validVersions(store)
        #expect(valid[all[0].key.certificate] == nil && valid[all[1].key.certificate] == nil)
        #expect(valid[all[2].key.certificate] == nil)
        #expect(valid.count == all.count - 3 && valid.values.allSatisfy { $0 == [2] })
        let progress = try await store.read { try $0.progress(of: campaign.id) }
        #expect(progress.passedOver == 1 && progress.sealed == all.count - 2)
        let entry = try await store.read {
            try $0.statusEntry(
                certificateID: CertificateClaims(decoding: all[1].payload[...]).certificate.id.bytes, version: 2)
        }
        #expect(entry?.status == .suspended)
    }

    @Test("A correction of name and document keeps the number, and its before and after only for the officer")
    func correction() async throws {
        let workshop = try await Workshop(rows: 60)
        try await workshop.issue()
        let store = try workshop.openStore()
        let old = try #require(
            try await store.read { try $0.newestVersions(CertificateQuery(), after: nil, limit: 1).first })
        let certificate = try CertificateClaims(decoding: old.payload[...]).certificate
        let before = try workshop.privateRecord(of: old)
        var change = CertificateChange()
        change.holderName = "欧阳更正"
        change.documentNumber = "370702200002291236"
        let corrected = change
        let frozen = try await store.read { store in
            var plan = ReissuePlan(corrected)
            try plan.add([old], in: store)
            return plan
        }
        let reissuer = try reissuer(workshop, store)
        let campaign = try await reissuer.approve(
            frozen, name: "correction", cause: .corrected, approval: Self.approval)
        #expect(try await reissuer.run(campaign))
        let versions = try await store.read { try $0.sealedVersions(number: old.number) }
        #expect(versions.map(\.key.version) == [2, 1])
        #expect(versions.allSatisfy { $0.number == old.number })
        let new = try CertificateClaims(decoding: versions[0].payload[...]).certificate
        #expect(new.holderName == "欧阳更正" && new.id == certificate.id && new.version == 2)
        #expect(try workshop.privateRecord(of: versions[0]).document.number == "370702200002291236")
        let correction = try #require(
            try await store.read { try $0.corrections(of: old.key.certificate) }.first)
        let history = try IdentityProtector(workshop.dataKeys).openCorrection(correction.historyBox, of: certificate.id)
        #expect(history.nameBefore == certificate.holderName && history.nameAfter == "欧阳更正")
        #expect(history.documentBefore == before.document.number && history.documentAfter == "370702200002291236")
        let acts = try await store.read { try $0.auditEntries(after: 0, limit: 100) }.map(\.act)
        #expect(acts.contains { $0.kind == .corrected && $0.actor == "officer" })
        #expect(!acts.contains { "\($0.sentence)\($0.reason)".contains("欧阳") })
    }
}
