import Credential
import Eligibility
import Errors
import Issuance
import PersonalData
import Results
import Signing
import Store
import TestSupport
import Testing

/// What is approved is a frozen sheet: it must come to the same certificates as the sheet that people looked at.
@Suite("Plans of frozen sheets")
struct FrozenPlanTests {
    private struct Planned {
        let plan: BatchPlan
        let planner: BatchPlanner
        let sheet: ResultSheet
        let rows: [String]
        var bins: [Bin: Int] { Dictionary(uniqueKeysWithValues: Bin.allCases.map { ($0, plan.bins[$0]) }) }
    }

    private func plan(
        _ sheet: ResultSheet, in workshop: Workshop, answers: [[UInt8]: Set<String>] = [:],
        settledRows: [Int: Set<String>] = [:]
    ) async throws -> Planned {
        let planner = BatchPlanner(
            interpreter: RowInterpreter(sheet, today: workshop.today),
            policy: EligibilityPolicy(
                institution: workshop.institution.id, register: FilingRegister(workshop.filings), rules: workshop.rules),
            past: try await PastRecords(
                store: workshop.openStore().forIssuing, dataKeys: workshop.dataKeys, answers: answers,
                settledRows: settledRows))
        let plan = try await planner.plan(sheet, onFindings: { _ in }, onProgress: { _ in })
        let rows = try await planner.reviewedRows(of: sheet, plan).map {
            "\($0.sheetRow) \($0.name) \($0.occupation) \($0.level) \($0.record) \($0.specialisation ?? "")"
        }
        return Planned(plan: plan, planner: planner, sheet: sheet, rows: rows)
    }

    /// A sheet with every kind of row, some of them mended.
    private func messy(_ workshop: Workshop) throws -> SheetOverlay {
        var lines = try workshop.lines()
        lines.append(lines[5])
        try workshop.write(lines: lines)
        let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let sex = try #require(header.firstIndex { Field(header: $0) == .sex })
        let theory = try #require(header.firstIndex { Field(header: $0) == .theory })
        var overlay = SheetOverlay()
        overlay[0, 9].cells[theory] = "缺考"
        overlay[0, 10].cells[theory] = "12"
        overlay[0, 11].cells[theory] = "一百"
        overlay[0, 12].isLeftOut = true
        // Another sex than the number has: asked about, and the row is complete.
        for row in 13...30 {
            overlay[0, row].cells[sex] = lines[row - 1].contains(",男,") ? "女" : "男"
        }
        return overlay
    }

    @Test("The frozen sheet certifies the same rows with the same content, and no others")
    func same() async throws {
        let workshop = try await Workshop(rows: 300)
        let overlay = try messy(workshop)
        let sheet = try workshop.sheet().overlaid(with: overlay)
        let asked = try await plan(sheet, in: workshop)
        var (row, found): (Int, RowQuestion?) = (12, nil)
        while found == nil, row < 30 {
            row += 1
            found = try await asked.planner.question(about: row, of: sheet, asked.plan)
        }
        let question = try #require(found)
        let answer = FrozenRow.Answer(rules: question.rules.map(\.code), reason: "与证件一致", account: "00")
        let answers = [question.rowKey: answer]
        let draft = try await plan(sheet, in: workshop, answers: [question.rowKey: Set(answer.rules)])
        #expect(draft.plan.bins[.issued] == asked.plan.bins[.issued] + 1 && draft.plan.bins[.quarantined] > 0)

        let frozen = try FrozenSheet(await draft.planner.frozenRows(of: sheet, draft.plan, answers: answers))
        #expect(frozen.answers == [row: answer])
        let again = try FrozenSheet(frozen.bytes)
        let planned = try await plan(
            again.sheet, in: workshop, settledRows: again.answers.mapValues { Set($0.rules) })
        #expect(planned.rows == draft.rows && !draft.rows.isEmpty)
        for bin in [Bin.issued, .failed, .absent, .pending, .void] {
            #expect(planned.plan.bins[bin] == draft.plan.bins[bin], "\(bin)")
        }
        for bin in [Bin.quarantined, .rejected, .merged, .skipped] { #expect(planned.plan.bins[bin] == 0) }
        #expect(
            try await planned.planner.rowKeys(of: [row], in: again.sheet, planned.plan) == [row: question.rowKey])
        // The control: another name in one row is another content.
        var other = overlay
        other[0, 40].cells[1] = "王小明"
        let changed = try await plan(workshop.sheet().overlaid(with: other), in: workshop)
        #expect(changed.rows != asked.rows)
    }

    @Test("What is frozen is issued like any other sheet")
    func issued() async throws {
        let workshop = try await Workshop(rows: 200)
        let sheet = try workshop.sheet()
        let draft = try await plan(sheet, in: workshop)
        let frozen = try FrozenSheet(await draft.planner.frozenRows(of: sheet, draft.plan, answers: [:]))
        let planned = try await plan(frozen.sheet, in: workshop)
        let store = try workshop.openStore()
        let issuer = try workshop.issuer(store)
        let batch = try await workshop.approve(planned.plan, with: issuer)
        try await issuer.issue(
            batch, plan: planned.plan, sheet: frozen.sheet, planner: planned.planner, of: workshop.institution,
            key: workshop.key.publicKey, onFindings: { _ in })
        let inventory = try await Inventory(store, workshop, rows: planned.plan.bins[.issued])
        #expect(inventory.problems == [] && planned.plan.bins[.issued] > 0)
    }
}
