import Errors
import Issuance
import Results
import Store

/// A draft judged with its changes and answers, as everything would go on now.
package struct JudgedDraft: Sendable {
    /// Rows with one question or fault in common.
    package struct Kind: Sendable {
        package let rule: Rule
        package let rows: [RowOutcome]
    }

    package let draft: SheetDraft
    package let job: SheetJob
    /// Nil when the file as a whole is refused.
    package let plan: BatchPlan?
    /// Why nothing of the file can go on.
    package let refusal: BilingualText?
    /// Rows that will not go on, in the sheet's order.
    package let problems: [RowOutcome]

    package init(_ draft: SheetDraft, in office: Office) async throws {
        let desk = try await SheetDesk(in: office)
        self.draft = draft
        job = try await desk.open(
            draft.bytes, named: draft.fileName, of: draft.sheet.institution, overlay: draft.overlay,
            answers: draft.answers)
        do {
            let plan = try await job.plan(
                declaredCount: nil, isForReport: true, onFindings: { _ in }, onProgress: { _ in })
            var problems: [RowOutcome] = []
            try await job.planner.outcomes(of: job.sheet, plan) { rows in
                problems += rows.filter { $0.bin == .quarantined || $0.bin == .rejected }
            }
            self.plan = plan
            self.problems = problems
            refusal = plan.countProblem?.words
        } catch let error as Refusal where error.category == .refused {
            (plan, problems, refusal) = (nil, [], error.words)
        }
    }

    /// Those with most rows first.
    package var kinds: [Kind] {
        var rows: [Rule: [RowOutcome]] = [:]
        for row in problems {
            for rule in Set(row.findings.filter(\.isProblem).map(\.rule)) { rows[rule, default: []].append(row) }
        }
        return rows.map { Kind(rule: $0, rows: $1) }
            .sorted { ($1.rows.count, $0.rule.code) < ($0.rows.count, $1.rule.code) }
    }

    /// One row as it stands, whatever became of it.
    package func row(_ sheetRow: Int) async throws -> RowOutcome? {
        guard let plan else { return nil }
        var found: RowOutcome?
        try await job.planner.outcomes(of: job.sheet, plan) { rows in
            found = found ?? rows.first { $0.sheetRow == sheetRow }
        }
        return found
    }
}

extension Finding {
    /// Whether the row stops here.
    package var isProblem: Bool { severity == .ask || severity == .reject }
}
