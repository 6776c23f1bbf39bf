import Credential
import Eligibility
import PersonalData
import Results
import Signing
import Store

/// Reads and judges one chunk. Depends on no other chunk, so chunks are judged on all cores.
struct ChunkJudge {
    let planner: BatchPlanner
    private let protector: IdentityProtector
    private var digester: ContentDigester
    private var memo = RegistryMemo()

    init(_ planner: BatchPlanner) throws {
        self.planner = planner
        protector = try IdentityProtector(planner.past.dataKeys)
        digester = try ContentDigester()
    }

    mutating func judge(_ chunk: SheetChunk) throws -> JudgedChunk {
        var judged = JudgedChunk(chunk)
        judged.textDigest = try digester.digest(of: chunk)
        var preparable: [PreparableRow] = []
        let keepsRows = planner.mostKeptRows > 0
        if keepsRows { preparable.reserveCapacity(chunk.rowCount) }
        let rows = planner.interpreter.interpret(chunk)
        // By a span, whose elements are not copied.
        let readings = rows.span
        for index in readings.indices {
            judged.declarations += readings[index].declarations
            let decision = try settle(planner.decide(readings[index], &memo))
            if !decision.findings.isEmpty { judged.findings.append(decision.findings) }
            try file(decision, in: &judged)
            if keepsRows, let row = PreparableRow(decision) { preparable.append(row) }
        }
        judged.preparable = keepsRows ? preparable : nil
        judged.candidateCount = judged.rowCount - judged.bins[.skipped]
        judged.digest = try digester.digest(of: judged)
        return judged
    }

    /// The rows of a chunk that preparing needs; as when it was judged.
    mutating func preparable(in chunk: SheetChunk) throws -> [PreparableRow] {
        try decisions(on: chunk).compactMap(PreparableRow.init)
    }

    mutating func decisions(on chunk: SheetChunk) throws -> [Decision] {
        try readingsAndDecisions(on: chunk).map(\.decision)
    }

    mutating func readingsAndDecisions(
        on chunk: SheetChunk
    ) throws -> [(reading: RowReading, decision: Decision)] {
        try planner.interpreter.interpret(chunk).map { ($0, try settle(planner.decide($0, &memo))) }
    }

    /// A row that could be certified if nothing were asked about it, and the key of its answers.
    mutating func certifiable(
        _ sheetRow: Int, in chunk: SheetChunk, joined: [Int: EligibleResult]
    ) throws -> (rowKey: [UInt8], findings: [Finding])? {
        guard let decision = try decisions(on: chunk).first(where: { $0.sheetRow == sheetRow }) else { return nil }
        guard let key = try rowKey(of: decision, joined: joined) else { return nil }
        return (key, decision.findings)
    }

    /// Nil for a row that could not be certified whatever is answered.
    mutating func rowKey(of decision: Decision, joined: [Int: EligibleResult]) throws -> [UInt8]? {
        let result: EligibleResult? =
            switch decision.outcome {
            case .asked(let result): result
            case .eligible(let result): result
            case .resit: joined[decision.sheetRow]
            default: nil
            }
        return try result.map { try protector.rowKey(ofContent: digester.digest(of: $0)) }
    }

    /// An asked row goes on when an officer has answered for each of its questions.
    private mutating func settle(_ decision: Decision) throws -> Decision {
        guard planner.past.hasAnswers, case .asked(let result?) = decision.outcome else { return decision }
        let key = try protector.rowKey(ofContent: digester.digest(of: result))
        let codes = planner.past.settledRules(key: key, sheetRow: decision.sheetRow)
        guard !codes.isEmpty, decision.findings.allSatisfy({ $0.severity != .ask || codes.contains($0.code) })
        else { return decision }
        return Decision(
            sheetRow: decision.sheetRow, outcome: .eligible(result),
            findings: decision.findings.map { $0.severity == .ask ? $0.settled : $0 })
    }

    private mutating func file(_ decision: Decision, in judged: inout JudgedChunk) throws {
        switch decision.outcome {
        case .binned(let bin): judged.bins.add(bin)
        case .asked(let result):
            judged.bins.add(.quarantined)
            if let result { judged.attempts.append(try attempt(JudgedResult(result), .quarantined)) }
        case .eligible(let eligible) where eligible.result.isResit:
            judged.resits.append(try resit(JudgedResult(eligible), eligible))
        case .eligible(let eligible): judged.eligible.append(try row(eligible.result, eligible.occupation))
        case .resit(let result): judged.resits.append(try resit(result, nil))
        case .failed(let result):
            judged.bins.add(.failed)
            judged.attempts.append(try attempt(result, .failed))
        case .unmarked(let bin, let result):
            judged.bins.add(bin)
            if let result { judged.attempts.append(try attempt(result, bin)) }
        }
    }

    private mutating func row(_ result: ExamResult, _ occupation: Occupation) throws -> JudgedChunk.Row {
        let content = try digester.digest(of: result, occupation)
        var row = JudgedChunk.Row(
            sheetRow: result.sheetRow, examDate: result.examDate,
            scope: BatchPlan.Scope(occupation: occupation, level: result.level), nameHash: Self.hash(result.name),
            scopeHash: Self.hash(occupation.code, result.level.rawValue),
            personHash: Self.hash(result.document.number, result.document.kind.rawValue),
            contentHash: Self.hash(content), content: content)
        let past = planner.past
        guard past.hasCertificates || past.hasAnswers || result.isResit else { return row }
        let settled =
            past.hasAnswers
            ? past.settledRules(key: try protector.rowKey(ofContent: content), sheetRow: result.sheetRow) : []
        row.past = JudgedChunk.Past(
            holding: try protector.holding(of: result.document, occupation, result.level), result: result,
            settled: settled)
        return row
    }

    /// SipHash under a key of this process. Two persons of a million share one hash once in ten million
    /// sheets, and then somebody is asked.
    private static func hash(_ text: String, _ number: Int = 0) -> UInt64 {
        var text = text
        return text.withUTF8 { hash(UnsafeRawBufferPointer($0), number) }
    }

    private static func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { hash($0, 0) } }

    private static func hash(_ bytes: UnsafeRawBufferPointer, _ number: Int) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(number)
        hasher.combine(bytes: bytes)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private mutating func attempt(_ judged: JudgedResult, _ bin: Bin) throws -> JudgedChunk.Attempt {
        let result = judged.result
        return JudgedChunk.Attempt(
            row: try row(result, judged.occupation),
            marks: EarlierAttempt(
                examDate: result.examDate, theory: result.theory, skill: result.skill, review: result.review),
            isFailed: bin == .failed)
    }

    private mutating func resit(_ judged: JudgedResult, _ eligible: EligibleResult?) throws -> JudgedChunk.Resit {
        JudgedChunk.Resit(
            row: try row(judged.result, judged.occupation), judged: judged,
            holding: try protector.holding(of: judged.result.document, judged.occupation, judged.result.level),
            eligible: eligible)
    }
}

extension Finding {
    /// The same place, answered for.
    fileprivate var settled: Finding {
        Finding(sheetRow: sheetRow, column: column, rule: .settled, place: place)
    }
}
