import Credential
import Errors
import Issuance
import Results
import Seal
import Signing
import Store
import StoreSQLite
import Testing
import Trust
import Verification

@Suite struct RefusalTests {
    /// Nothing may be durable after a refusal.
    private func isUntouched(_ workshop: Workshop) async throws -> Bool {
        try await workshop.openStore().read { try $0.batches().isEmpty }
    }

    @Test("a key that verifiers would not accept signs nothing")
    func keys() async throws {
        let workshop = try await Workshop(rows: 30)
        let plan = try await workshop.plan().plan
        let other = try await Workshop(rows: 30)
        let refused: [(VerifiedTrustList, IssuanceError.Code)] = [
            (try workshop.trust { $0.state = .retired }, .keyNotTrusted),
            (
                try workshop.trust {
                    $0.state = .compromised
                    $0.compromisedSince = 1
                }, .keyNotTrusted
            ),
            (try workshop.trust { $0.from = Workshop.now + 10 }, .keyNotTrusted),
            (try workshop.trust { $0.to = Workshop.now }, .keyNotTrusted),
            (try other.trust(), .keyNotTrusted),
            (try workshop.trust(nextUpdate: Workshop.now - 1), .trustListStale),
        ]
        for (trust, code) in refused {
            let issuer = try workshop.issuer(try workshop.openStore(), trust: trust)
            await #expect(throws: IssuanceError(code, zh: "", en: "")) {
                try await workshop.approve(plan, with: issuer)
            }
        }
        #expect(try await isUntouched(workshop))
        // The control: with a list as it should be, the same is approved.
        _ = try await workshop.approve(plan, with: workshop.issuer(workshop.openStore()))
        #expect(try await !isUntouched(workshop))
    }

    @Test("an award date before an exam, or outside the filings, signs nothing")
    func dates() async throws {
        let workshop = try await Workshop(rows: 30)
        let plan = try await workshop.plan().plan
        let issuer = try workshop.issuer(try workshop.openStore())
        let exam = try #require(plan.latestExam)
        let before = CalendarDate(daysSinceEpoch: exam.daysSinceEpoch - 1)
        await #expect(throws: IssuanceError(.awardBeforeExam, zh: "", en: "")) {
            try await workshop.approve(plan, with: issuer, awardDate: before)
        }
        let late = CalendarDate(daysSinceEpoch: exam.daysSinceEpoch + 40_000)
        await #expect(throws: IssuanceError(.notFiledOnAwardDate, zh: "", en: "")) {
            try await workshop.approve(plan, with: issuer, awardDate: late, isValidFromAwardDate: true)
        }
        #expect(try await isUntouched(workshop))
    }

    @Test("an award date ahead is refused; chosen, the certificates are valid from that day")
    func awardAhead() async throws {
        let workshop = try await Workshop(rows: 30)
        let plan = try await workshop.plan().plan
        let store = try workshop.openStore()
        let issuer = try workshop.issuer(store)
        let day = CalendarDate(daysSinceEpoch: Workshop.today.daysSinceEpoch + 2)
        await #expect(throws: IssuanceError(.awardAhead, zh: "", en: "")) {
            try await workshop.approve(plan, with: issuer, awardDate: day)
        }
        #expect(try await isUntouched(workshop))
        let batch = try await workshop.approve(plan, with: issuer, awardDate: day, isValidFromAwardDate: true)
        try await issuer.issue(
            batch, plan: plan, sheet: workshop.sheet(), planner: workshop.planner(), of: workshop.institution,
            key: workshop.key.publicKey)
        let start = day.daysSinceEpoch * 86_400
        let trust = try workshop.trust(nextUpdate: start + 86_400)
        let status = try await workshop.publishedStatus(store)
        let versions = try await store.read { try $0.sealedVersions(of: batch.id, after: nil, limit: 100) }
        #expect(versions.count == plan.bins[.issued])
        for version in versions {
            let seal = PreparedSeal(storedPayload: version.payload, key: workshop.key.publicKey)
                .seal(signature: version.signature)
            func verdict(at now: Int) throws -> Verdict {
                try SealVerifier(trust: .list(trust), status: status, now: now, isTrustCurrent: true)
                    .verify(UnverifiedSeal(decoding: seal))
            }
            #expect(try verdict(at: start - 1).reason == .notYetValid && verdict(at: start - 1).validFrom == day)
            #expect(try verdict(at: start).outcome == .valid)
        }
    }

    @Test("a sheet that changes after approval is not signed")
    func changedSheet() async throws {
        let workshop = try await Workshop(rows: 150)
        let issuer = try workshop.issuer(try workshop.openStore())
        let (plan, planner) = (try await workshop.plan().plan, try await workshop.planner())
        let batch = try await workshop.approve(plan, with: issuer)
        let lines = try workshop.lines()
        for changed in [Array(lines.dropLast(20)), lines.map { $0.replacing("合格", with: "及格") }] {
            try workshop.write(lines: changed)
            await #expect(throws: IssuanceError(.contentChanged, zh: "", en: "")) {
                try await issuer.issue(
                    batch, plan: plan, sheet: workshop.sheet(), planner: planner, of: workshop.institution,
                    key: workshop.key.publicKey)
            }
        }
        try workshop.write(lines: lines)
        try await workshop.issue()
        let inventory = try await Inventory(workshop.openStore(), workshop, rows: plan.bins[.issued])
        #expect(inventory.problems == [])
    }

    @Test("certificates that wait for a key that is not loaded keep waiting")
    func missingKey() async throws {
        let workshop = try await Workshop(rows: 60)
        let plan = try await workshop.plan().plan
        let issuer = Issuer(
            store: try workshop.openStore().forIssuing, keys: SigningKeys([]), dataKeys: workshop.dataKeys,
            trust: try workshop.trust(), status: StatusTerms(host: Workshop.host), now: { Workshop.now })
        let batch = try await workshop.approve(plan, with: issuer)
        await #expect(throws: IssuanceError(.keyMissing, zh: "", en: "")) {
            try await issuer.issue(
                batch, plan: plan, sheet: workshop.sheet(), planner: workshop.planner(), of: workshop.institution,
                key: workshop.key.publicKey)
        }
        try await workshop.issue()
        let inventory = try await Inventory(workshop.openStore(), workshop, rows: plan.bins[.issued])
        #expect(inventory.problems == [])
    }
}
