import Eligibility
import Results

/// What is asked about a row that is complete: an officer may answer for it.
package struct RowQuestion: Sendable {
    package let rowKey: [UInt8]
    /// Each needs an answer.
    package let rules: [Rule]
}

extension BatchPlanner {
    /// Nil for a row that nothing is asked about, or that an answer would not complete.
    package func question(about sheetRow: Int, of sheet: ResultSheet, _ plan: BatchPlan) async throws -> RowQuestion? {
        var reader = sheet.reader()
        var judge = try ChunkJudge(self)
        while let chunk = try reader.nextChunk() {
            guard let found = try judge.certifiable(sheetRow, in: chunk, joined: plan.joined) else { continue }
            let findings = found.findings + (plan.findings[sheetRow] ?? [])
            let rules = findings.map(\.rule).filter { $0.severity == .ask }
            return rules.isEmpty || rules.contains(.alreadyHeld) ? nil : RowQuestion(rowKey: found.rowKey, rules: rules)
        }
        return nil
    }
}
