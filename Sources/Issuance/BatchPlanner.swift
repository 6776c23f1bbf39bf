import Credential
import Eligibility
import Results
import Signing
import Store

/// A sheet that has been read and judged: what would be certified, frozen by its digest.
package struct BatchPlan: Sendable {
    /// An occupation and level of which the sheet has results to certify.
    package struct Scope: Hashable, Sendable {
        package let occupation: Occupation
        package let level: SkillLevel
    }

    package let institution: InstitutionID
    package let digest: [UInt8]
    package let bins: BinCounts
    let chunks: [BatchChunk]
    /// Of each chunk's text, by position.
    let textDigests: [[UInt8]]
    /// Rows not certified because another row repeats or contradicts them.
    let withheld: Set<Int>
    let scopes: Set<Scope>
    /// The latest exam among the rows to be certified.
    package let latestExam: CalendarDate?

    package var isEmpty: Bool { bins[.issued] == 0 }
}

/// Steps 1 and 2 of the issuance cycle: every row ends in one bin, and what remains is frozen.
package struct BatchPlanner: Sendable {
    let interpreter: RowInterpreter
    let policy: EligibilityPolicy

    package init(interpreter: RowInterpreter, policy: EligibilityPolicy) {
        self.interpreter = interpreter
        self.policy = policy
    }

    /// Reads the whole sheet in bounded memory.
    ///
    /// - Parameters:
    ///   - onFindings: receives the findings of each row that has any, in the sheet's order; those
    ///     about rows that contradict each other follow the row that shows the contradiction.
    ///   - onProgress: rows read so far.
    package func plan(
        _ sheet: ResultSheet, onFindings: ([Finding]) throws -> Void, onProgress: (IssuanceProgress) -> Void
    ) async throws -> BatchPlan {
        var reader = sheet.reader()
        var gathered = try PlanAccumulator(institution: policy.institution)
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { try judge($0) },
            consume: { judged in
                try gathered.add(judged, onFindings: onFindings)
                onProgress(IssuanceProgress(stage: .reading, done: gathered.rowCount, total: nil))
            })
        return try gathered.finish()
    }

    /// What is eligible in a chunk; pure, so the same chunk gives the same outcome when it is read again
    /// for preparing.
    func eligibleResults(in chunk: SheetChunk) -> [EligibleResult] {
        interpreter.interpret(chunk).compactMap {
            if case .eligible(let result) = policy.decide($0).outcome { result } else { nil }
        }
    }

    private func judge(_ chunk: SheetChunk) throws -> JudgedChunk {
        var digester = try ContentDigester()
        var judged = JudgedChunk(position: chunk.index, rowCount: chunk.rowCount)
        judged.textDigest = try digester.digest(of: chunk)
        for reading in interpreter.interpret(chunk) {
            let decision = policy.decide(reading)
            if !decision.findings.isEmpty { judged.findings.append(decision.findings) }
            switch decision.outcome {
            case .binned(let bin):
                judged.bins.add(bin)
            case .eligible(let result):
                judged.eligible.append(
                    JudgedChunk.Row(
                        result: result, content: try digester.digest(of: result),
                        person: try digester.digest(ofPersonIn: result.result)))
            }
        }
        judged.digest = try digester.digest(ofRows: judged.eligible)
        return judged
    }
}

/// What one chunk came to.
struct JudgedChunk: Sendable {
    struct Row: Sendable {
        let result: EligibleResult
        /// Digests by which rows are compared; they never leave memory.
        let content: [UInt8]
        let person: [UInt8]

        var sheetRow: Int { result.result.sheetRow }
    }

    let position: Int
    let rowCount: Int
    /// Of what is eligible, whatever the file's encoding and columns.
    var digest: [UInt8] = []
    /// Of the text as it was read: the same text is judged alike again.
    var textDigest: [UInt8] = []
    var eligible: [Row] = []
    var bins = BinCounts()
    var findings: [[Finding]] = []

    init(position: Int, rowCount: Int) {
        self.position = position
        self.rowCount = rowCount
    }
}
