import Eligibility
import Pipelines
import Results

extension BatchPlanner {
    /// What goes on of a planned sheet, to be frozen: rows that are certified or failed, and those without marks that say
    /// whose they are.
    ///
    /// - Parameter answers: by row key.
    package func frozenRows(
        of sheet: ResultSheet, _ plan: BatchPlan, answers: [[UInt8]: FrozenRow.Answer]
    ) async throws -> [FrozenRow] {
        var reader = sheet.reader()
        var rows: [FrozenRow] = []
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { chunk in
                var judge = try ChunkJudge(self)
                return try judge.frozenRows(of: chunk, plan, answers)
            },
            consume: { rows += $0 })
        return rows
    }

    /// The keys of answers to rows that are certified, by row.
    package func rowKeys(
        of rows: Set<Int>, in sheet: ResultSheet, _ plan: BatchPlan
    ) async throws -> [Int: [UInt8]] {
        var reader = sheet.reader()
        var keys: [Int: [UInt8]] = [:]
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { chunk in
                var judge = try ChunkJudge(self)
                return try judge.rowKeys(of: rows, in: chunk, joined: plan.joined)
            },
            consume: { keys.merge($0) { first, _ in first } })
        return keys
    }
}

extension ChunkJudge {
    fileprivate mutating func frozenRows(
        of chunk: SheetChunk, _ plan: BatchPlan, _ answers: [[UInt8]: FrozenRow.Answer]
    ) throws -> [FrozenRow] {
        let layout = planner.interpreter.tables[chunk.table]
        var rows: [FrozenRow] = []
        for (reading, decision) in try readingsAndDecisions(on: chunk) {
            let bin = plan.rebinned[decision.sheetRow] ?? decision.bin
            guard let result = reading.content.result else { continue }
            let mark: Bin?
            switch bin {
            case .issued, .failed: mark = nil
            case .absent, .pending, .void: mark = bin
            case .quarantined, .rejected, .merged, .skipped: continue
            }
            let key = answers.isEmpty ? nil : try rowKey(of: decision, joined: plan.joined)
            rows.append(
                FrozenRow(
                    table: layout.name, rowBase: layout.rowBase, mark: mark, result: result,
                    answer: key.flatMap { answers[$0] }))
        }
        return rows
    }

    fileprivate mutating func rowKeys(
        of rows: Set<Int>, in chunk: SheetChunk, joined: [Int: EligibleResult]
    ) throws -> [Int: [UInt8]] {
        var keys: [Int: [UInt8]] = [:]
        for (_, decision) in try readingsAndDecisions(on: chunk) where rows.contains(decision.sheetRow) {
            keys[decision.sheetRow] = try rowKey(of: decision, joined: joined)
        }
        return keys
    }
}
