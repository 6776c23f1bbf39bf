import Eligibility
import Pipelines
import Results

/// A row as it was sent, and what became of it: what a registrar needs to mend it.
package struct RowOutcome: Sendable {
    package let sheetRow: Int
    /// Which of the sheet's tables it is of.
    package let table: Int
    package let cells: [String]
    package let bin: Bin
    package let findings: [Finding]
}

extension BatchPlanner {
    /// Goes through a planned sheet once more, row by row in its order.
    package func outcomes(
        of sheet: ResultSheet, _ plan: BatchPlan, _ body: ([RowOutcome]) throws -> Void
    ) async throws {
        var reader = sheet.reader()
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { chunk in
                var judge = try ChunkJudge(self)
                let texts = interpreter.texts(of: chunk)
                return zip(try judge.decisions(on: chunk), texts).map { decision, cells in
                    RowOutcome(
                        sheetRow: decision.sheetRow, table: chunk.table, cells: cells,
                        bin: plan.rebinned[decision.sheetRow] ?? decision.bin,
                        findings: decision.findings + (plan.findings[decision.sheetRow] ?? []))
                }
            },
            consume: { try body($0) })
    }
}

extension Decision {
    /// Where the row ends unless another row has to do with it.
    var bin: Bin {
        switch outcome {
        case .eligible: .issued
        case .failed: .failed
        case .asked, .resit: .quarantined
        case .unmarked(let bin, _): bin
        case .binned(let bin): bin
        }
    }
}
