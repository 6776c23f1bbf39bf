import Credential
import Eligibility
import PersonalData
import Results
import Signing
import Store

/// Gathers judged chunks in the sheet's order into a plan.
struct PlanAccumulator: ~Copyable {
    private let policy: EligibilityPolicy
    private let past: PastRecords
    private let tables: [SheetLayout]
    private let digester: ContentDigester
    private var comparison: RowComparison
    private var bins = BinCounts()
    private var chunks: [BatchChunk] = []
    private var textDigests: [[UInt8]] = []
    private var failedResits: [AttemptRecord] = []
    private var attemptCount = 0
    /// Marks of this sheet's failed attempts, for its resits.
    private var marks: [MarksKey: [EarlierAttempt]] = [:]
    private var resits: [JudgedChunk.Resit] = []
    private var joined: [Int: (result: EligibleResult, content: [UInt8])] = [:]
    /// Rows whose holders have the certificate already, and whether of this very result.
    private var held: [(row: Int, certificate: HeldCertificate, isSame: Bool)] = []
    private var kept: KeptRows
    private var scopes: Set<BatchPlan.Scope> = []
    private var lastScope: UInt64?
    private var latestExam: CalendarDate?
    private(set) var rowCount = 0

    init(policy: EligibilityPolicy, past: PastRecords, tables: [SheetLayout], mostKeptRows: Int) throws {
        kept = KeptRows(most: mostKeptRows)
        self.tables = tables
        self.policy = policy
        self.past = past
        digester = try ContentDigester()
        comparison = RowComparison(occupationsPerPerson: policy.rules.occupationsPerPerson)
    }

    mutating func add(_ judged: JudgedChunk, onFindings: ([Finding]) throws -> Void) async throws {
        for findings in judged.findings { try onFindings(findings) }
        rowCount += judged.rowCount
        bins.add(judged.bins)
        chunks.append(BatchChunk(position: judged.position, digest: judged.digest))
        textDigests.append(judged.textDigest)
        kept.keep(judged.preparable, ofChunk: judged.position)
        for row in judged.eligible { try certify(row, as: .certifiable) }
        for attempt in judged.attempts {
            attemptCount += 1
            guard attempt.isFailed else { continue }
            marks[MarksKey(attempt.row), default: []].append(attempt.marks)
            try comparison.add(attempt.row, as: .failed)
        }
        resits += judged.resits
        try await lookUp(judged.eligible)
    }

    mutating func finish(onFindings: ([Finding]) throws -> Void) async throws -> BatchPlan {
        let earlier = try await past.attempts(of: resits.filter { $0.eligible == nil }.map(\.holding))
        // Earlier ones first, as a second resit may build on the first.
        for resit in resits.sorted(by: { ($0.row.examDate, $0.row.sheetRow) < ($1.row.examDate, $1.row.sheetRow) }) {
            try judge(resit, after: earlier[resit.holding] ?? [], onFindings)
        }
        try await lookUp(certifiedResits)
        try report(comparison.finish(&bins), onFindings)
        let withheld = comparison.withheld
        let certified = joined.filter { !withheld.contains($0.key) }
        let digest = try digester.digest(
            institution: policy.institution, chunks: chunks.map(\.digest), withheld: withheld.sorted(),
            joined: certified.map { ($0.key, $0.value.content) }.sorted { $0.0 < $1.0 })
        let binOfHeld = try await binHeld(digest, withheld, onFindings)
        try bins.check(rows: rowCount)
        return BatchPlan(
            institution: policy.institution, digest: digest, bins: bins, chunks: chunks, textDigests: textDigests,
            withheld: withheld.union(binOfHeld.keys), joined: certified.mapValues(\.result),
            failedResits: failedResits, attemptCount: attemptCount, scopes: scopes, kept: kept, latestExam: latestExam,
            rebinned: comparison.rebinned.merging(binOfHeld) { $1 }.merging(resitBins) { first, _ in first },
            findings: found)
    }

    private var resitBins: [Int: Bin] = [:]
    /// To be looked up together.
    private var certifiedResits: [JudgedChunk.Row] = []
    /// Findings that more than one row decided.
    private var found: [Int: [Finding]] = [:]

    private mutating func report(_ findings: [Finding], _ onFindings: ([Finding]) throws -> Void) throws {
        let placed = findings.map { $0.placed(by: tables) }
        for finding in placed where finding.rule != .issuedBefore {
            found[finding.sheetRow, default: []].append(finding)
        }
        if !placed.isEmpty { try onFindings(placed) }
    }

    private mutating func certify(_ row: JudgedChunk.Row, as kind: ComparedRow.Kind) throws {
        bins.add(.issued)
        latestExam = max(latestExam ?? row.examDate, row.examDate)
        // Sheets are mostly sorted, so this spares most look-ups.
        if row.scopeHash != lastScope { scopes.insert(row.scope) }
        lastScope = row.scopeHash
        try comparison.add(row, as: kind)
    }
}

// MARK: - Resits

extension PlanAccumulator {
    /// - Parameter earlier: attempts that were recorded with earlier sheets.
    private mutating func judge(
        _ resit: JudgedChunk.Resit, after earlier: [EarlierAttempt], _ onFindings: ([Finding]) throws -> Void
    ) throws {
        let row = resit.row
        if let eligible = resit.eligible {
            try certify(resit, eligible, row.content)
            return
        }
        let judgement = policy.join(resit.judged, with: (marks[MarksKey(row)] ?? []) + earlier)
        try report(judgement.rules.map { Finding(sheetRow: row.sheetRow, rule: $0) }, onFindings)
        switch judgement.outcome {
        case .eligible(let eligible):
            var digester = digester
            let content = try digester.digest(of: eligible)
            joined[row.sheetRow] = (eligible, content)
            try certify(resit, eligible, content)
        case .failed(let judged):
            bins.add(.failed)
            resitBins[row.sheetRow] = .failed
            let protector = try IdentityProtector(past.dataKeys)
            failedResits.append(try protector.record(judged, outcome: .failed))
            let result = judged.result
            marks[MarksKey(row), default: []].append(
                EarlierAttempt(
                    examDate: result.examDate, theory: result.theory, skill: result.skill, review: result.review))
        default:
            bins.add(.quarantined)
            resitBins[row.sheetRow] = .quarantined
        }
    }

    private mutating func certify(
        _ resit: JudgedChunk.Resit, _ eligible: EligibleResult, _ content: [UInt8]
    ) throws {
        let plain = resit.row
        let row = JudgedChunk.Row(
            sheetRow: plain.sheetRow, examDate: plain.examDate, scope: plain.scope, nameHash: plain.nameHash,
            scopeHash: plain.scopeHash, personHash: plain.personHash, contentHash: plain.contentHash, content: content,
            past: JudgedChunk.Past(
                holding: resit.holding, result: eligible.result, settled: plain.past?.settled ?? []))
        resitBins[row.sheetRow] = .issued
        try certify(row, as: .resit)
        certifiedResits.append(row)
    }
}

// MARK: - Holders

extension PlanAccumulator {
    private mutating func lookUp(_ rows: [JudgedChunk.Row]) async throws {
        let found = try await past.held(rows)
        guard !found.isEmpty else { return }
        for row in rows {
            guard let certificate = found[row.sheetRow], let result = row.past?.result else { continue }
            held.append((row.sheetRow, certificate, try past.isFor(result, certificate)))
        }
    }

    /// results.md, 26, 54: a certificate of this very batch is the row's own; one of an earlier batch is not issued
    /// again.
    private mutating func binHeld(
        _ digest: [UInt8], _ withheld: Set<Int>, _ onFindings: ([Finding]) throws -> Void
    ) async throws -> [Int: Bin] {
        let own = try await past.store.read { try $0.batch(content: digest)?.id }
        var binned: [Int: Bin] = [:]
        for (row, certificate, isSame) in held where !withheld.contains(row) && certificate.batch != own {
            let bin: Bin = isSame ? .skipped : .quarantined
            bins.move(from: .issued, to: bin)
            binned[row] = bin
            try report([Finding(sheetRow: row, rule: isSame ? .issuedBefore : .alreadyHeld)], onFindings)
        }
        return binned
    }
}

/// One person, occupation and level, by the hashes of this process.
private struct MarksKey: Hashable {
    let person: UInt64
    let scope: UInt64

    init(_ row: JudgedChunk.Row) { (person, scope) = (row.personHash, row.scopeHash) }
}
