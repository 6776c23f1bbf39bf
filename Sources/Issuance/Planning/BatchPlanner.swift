import Credential
import Eligibility
import Pipelines
import Results

/// Steps 1 and 2 of the issuance cycle: every row ends in one bin, and what remains is frozen.
package struct BatchPlanner: Sendable {
    let interpreter: RowInterpreter
    let policy: EligibilityPolicy
    let past: PastRecords
    let preflight: (@Sendable (ExamResult, Occupation) -> [Rule])?
    let mostKeptRows: Int

    /// For an issue: about 64 MB.
    package static let keptRowsOfIssue = 1 << 18

    /// - Parameters:
    ///   - preflight: what keeps a result from being printed as it stands.
    ///   - mostKeptRows: how many judged rows stay in memory until they are prepared; none for a look.
    package init(
        interpreter: RowInterpreter, policy: EligibilityPolicy, past: PastRecords,
        preflight: (@Sendable (ExamResult, Occupation) -> [Rule])? = nil,
        mostKeptRows: Int = 0
    ) {
        self.interpreter = interpreter
        self.policy = policy
        self.past = past
        self.preflight = preflight
        self.mostKeptRows = mostKeptRows
    }

    func decide(_ reading: RowReading, _ memo: inout RegistryMemo) -> Decision {
        let decision = checkedForPrint(policy.decide(reading, &memo))
        guard decision.findings.count > reading.findings.count else { return decision }
        return Decision(
            sheetRow: decision.sheetRow, outcome: decision.outcome,
            findings: reading.findings
                + decision.findings.dropFirst(reading.findings.count).map {
                    $0.placed(by: interpreter.tables, field: $0.rule.field)
                })
    }

    /// What cannot be printed is asked about like anything else that a human must look at.
    private func checkedForPrint(_ decision: Decision) -> Decision {
        guard let preflight else { return decision }
        let (rules, outcome): ([Rule], Decision.Outcome)
        switch decision.outcome {
        case .eligible(let result), .asked(let result?):
            (rules, outcome) = (preflight(result.result, result.occupation), .asked(result))
        case .resit(let judged): (rules, outcome) = (preflight(judged.result, judged.occupation), .asked(nil))
        case .failed, .asked(nil), .unmarked, .binned: return decision
        }
        guard !rules.isEmpty else { return decision }
        return Decision(
            sheetRow: decision.sheetRow, outcome: outcome,
            findings: decision.findings + rules.map { Finding(sheetRow: decision.sheetRow, rule: $0) })
    }

    /// Reads the whole sheet in bounded memory.
    ///
    /// - Parameters:
    ///   - declaredCount: how many candidates somebody says there are; a sheet with another number is refused.
    ///   - isForReport: whether such a sheet is planned all the same, with what refuses it.
    ///   - onFindings: receives the findings of each row that has any, in the sheet's order; those
    ///     about rows that have to do with each other follow the row that shows it.
    ///   - onProgress: rows read so far.
    package func plan(
        _ sheet: ResultSheet, declaredCount: Int? = nil, isForReport: Bool = false,
        onFindings: ([Finding]) throws -> Void,
        onProgress: (IssuanceProgress) -> Void
    ) async throws -> BatchPlan {
        var reader = sheet.reader()
        var gathered = try PlanAccumulator(
            policy: policy, past: past, tables: sheet.tables, mostKeptRows: mostKeptRows)
        var counts = CandidateCounts(sheet, declaredCount: declaredCount)
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { chunk in
                var judge = try ChunkJudge(self)
                return try judge.judge(chunk)
            },
            consume: { judged in
                if let problem = SheetProblem(headerChangesIn: judged, of: sheet) { throw problem }
                counts.add(judged)
                try await gathered.add(judged, onFindings: onFindings)
                onProgress(IssuanceProgress(stage: .reading, done: gathered.rowCount, total: nil))
            })
        var plan = try await gathered.finish(onFindings: onFindings)
        plan.countProblem = counts.problem(with: plan.rebinned)
        if let problem = plan.countProblem, !isForReport { throw problem }
        return plan
    }
}

extension SheetProblem {
    /// results.md, 50: a header within the rows whose columns stand in another order. Chunks are judged each for
    /// itself, so none can tell the others how to read.
    fileprivate init?(headerChangesIn judged: JudgedChunk, of sheet: ResultSheet) {
        guard let finding = judged.findings.lazy.joined().first(where: { $0.rule == .headerChanges }) else {
            return nil
        }
        let (table, row) = sheet.place(ofRow: finding.sheetRow)
        let problem = SheetProblem(
            .headerChanges, row: row,
            zh: "第 \(row) 行又是表头，各列的顺序与第 \(table.headerRow) 行的表头不同，整个文件都没有读取；"
                + "请把第 \(row) 行及以下各行移到另一个文件。",
            en: "Row \(row) is a header again, in another order than the one of row \(table.headerRow), and nothing "
                + "of the file was read; move row \(row) and those below it to a file of their own.")
        self = table.name.map { problem.inSheet($0) } ?? problem
    }
}
