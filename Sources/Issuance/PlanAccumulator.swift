import Credential
import Eligibility
import Results
import Signing
import Store

/// Gathers judged chunks in the sheet's order into a plan.
struct PlanAccumulator {
    private let institution: InstitutionID
    private let digester: ContentDigester
    /// Rows of one person, occupation and level.
    private var rowsOfHolding = DuplicateIndex()
    /// Rows of one identity document, which must bear one name.
    private var rowsOfPerson = DuplicateIndex()
    private var bins = BinCounts()
    private var chunks: [BatchChunk] = []
    private var textDigests: [[UInt8]] = []
    private var withheld: Set<Int> = []
    private var merged: Set<Int> = []
    private var scopes: Set<BatchPlan.Scope> = []
    private var latestExam: CalendarDate?
    private(set) var rowCount = 0

    init(institution: InstitutionID) throws {
        self.institution = institution
        digester = try ContentDigester()
    }

    mutating func add(_ judged: JudgedChunk, onFindings: ([Finding]) throws -> Void) throws {
        for findings in judged.findings { try onFindings(findings) }
        rowCount += judged.rowCount
        bins.add(judged.bins)
        chunks.append(BatchChunk(position: judged.position, digest: judged.digest))
        textDigests.append(judged.textDigest)
        bins.add(.issued, rows: judged.eligible.count)
        var lastScope: BatchPlan.Scope?
        for row in judged.eligible {
            latestExam = max(latestExam ?? row.result.result.examDate, row.result.result.examDate)
            let scope = BatchPlan.Scope(occupation: row.result.occupation, level: row.result.level)
            // Sheets are mostly sorted, so this spares most look-ups.
            if scope != lastScope { scopes.insert(scope) }
            lastScope = scope
            try compareWithEarlierRows(row, onFindings: onFindings)
        }
    }

    func finish() throws -> BatchPlan {
        try bins.check(rows: rowCount)
        let digest = try digester.digest(
            institution: institution, chunks: chunks.map(\.digest), withheld: withheld.union(merged).sorted())
        return BatchPlan(
            institution: institution, digest: digest, bins: bins, chunks: chunks, textDigests: textDigests,
            withheld: withheld.union(merged),
            scopes: scopes, latestExam: latestExam)
    }

    private mutating func compareWithEarlierRows(
        _ row: JudgedChunk.Row, onFindings: ([Finding]) throws -> Void
    ) throws {
        let result = row.result.result
        let ofPerson = rowsOfPerson.insert(
            key: .init(row.person), content: Self.shortHash(result.name), sheetRow: row.sheetRow)
        if case .contradicts(let earlier) = ofPerson {
            try withhold(earlier + [row.sheetRow], .oneNumberTwoNames, onFindings)
        }
        let scope = BatchPlan.Scope(occupation: row.result.occupation, level: row.result.level)
        let holding = DuplicateIndex.Key(row.person).mixed(with: Self.shortHash(scope))
        let ofHolding = rowsOfHolding.insert(
            key: holding, content: DuplicateIndex.content(row.content), sheetRow: row.sheetRow)
        switch ofHolding {
        case .first: break
        case .repeated(let first):
            guard !withheld.contains(row.sheetRow) else { break }
            merged.insert(row.sheetRow)
            bins.move(from: .issued, to: .merged)
            try onFindings([Finding(sheetRow: row.sheetRow, rule: .repeatedRow, relatedRow: first)])
        case .contradicts(let earlier):
            try withhold(earlier + [row.sheetRow], .contradictingRows, onFindings)
        }
    }

    /// Good enough to tell a handful of values apart that belong to one person.
    private static func shortHash(_ value: some Hashable) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(value)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// None of the rows is certified: which of them is right, only a human can tell.
    private mutating func withhold(_ rows: [Int], _ rule: Rule, _ onFindings: ([Finding]) throws -> Void) throws {
        for row in rows where withheld.insert(row).inserted {
            bins.move(from: merged.remove(row) == nil ? .issued : .merged, to: .quarantined)
            let related = rows.first { $0 != row }
            try onFindings([Finding(sheetRow: row, rule: rule, relatedRow: related)])
        }
    }
}
