import Eligibility
import Results

/// Compares the rows of a sheet with each other: 21, 23, 24, 25.
struct RowComparison {
    enum Kind { case certifiable, failed, resit }

    /// Rows of one person, occupation and level.
    private var rowsOfHolding = DuplicateIndex()
    /// Rows of one identity document, which must bear one name.
    private var rowsOfPerson = DuplicateIndex()
    private var asked: Set<Int> = []
    private var merged: Set<Int> = []
    private var failed: Set<Int> = []
    private var resits: [DuplicateIndex.Key: (row: Int, content: [UInt8])] = [:]
    /// Rows that an officer has answered for, with the codes of what was asked.
    private var settled: [Int: Set<String>] = [:]
    private let occupationsPerPerson: Int?
    /// Kept only when their number is limited.
    private var occupations: [DuplicateIndex.Key: (scopes: Set<BatchPlan.Scope>, rows: [Int])] = [:]

    init(occupationsPerPerson: Int?) { self.occupationsPerPerson = occupationsPerPerson }

    private var findings: [Finding] = []

    /// What was found since the last time.
    mutating func takeFindings() -> [Finding] {
        defer { findings = [] }
        return findings
    }

    /// Rows that are not certified because of another.
    var withheld: Set<Int> { asked.union(merged) }

    var rebinned: [Int: Bin] {
        Dictionary(uniqueKeysWithValues: merged.map { ($0, .merged) } + asked.map { ($0, .quarantined) })
    }

    mutating func add(
        _ row: JudgedChunk.Row, as kind: Kind, _ bins: inout BinCounts
    ) {
        if kind == .failed { failed.insert(row.sheetRow) }
        if let codes = row.past?.settled, !codes.isEmpty { settled[row.sheetRow] = codes }
        let person = row.person
        let ofPerson = rowsOfPerson.insert(key: person, content: row.nameHash, sheetRow: row.sheetRow)
        if case .contradicts(let earlier) = ofPerson {
            ask(earlier + [row.sheetRow], .oneNumberTwoNames, &bins)
        }
        if occupationsPerPerson != nil, kind != .failed {
            occupations[person, default: ([], [])].scopes.insert(row.scope)
            occupations[person]?.rows.append(row.sheetRow)
        }
        let holding = person.mixed(with: row.scopeHash)
        if kind == .resit {
            compare(resit: row, holding, &bins)
            return
        }
        switch rowsOfHolding.insert(
            key: holding, content: DuplicateIndex.content(row.content), sheetRow: row.sheetRow)
        {
        case .first: break
        case .repeated(let first): merge(row.sheetRow, into: first, &bins)
        case .contradicts(let earlier): ask(earlier + [row.sheetRow], .contradictingRows, &bins)
        }
    }

    /// A resit follows attempts that failed; beside one that passed it contradicts.
    private mutating func compare(
        resit row: JudgedChunk.Row, _ holding: DuplicateIndex.Key, _ bins: inout BinCounts
    ) {
        let passed = rowsOfHolding.rows(of: holding).filter { !failed.contains($0) }
        if !passed.isEmpty {
            ask(passed + [row.sheetRow], .contradictingRows, &bins)
        } else if let (first, content) = resits[holding] {
            if content == row.content {
                merge(row.sheetRow, into: first, &bins)
            } else {
                ask([first, row.sheetRow], .contradictingRows, &bins)
            }
        } else {
            resits[holding] = (row.sheetRow, row.content)
        }
    }

    mutating func finish(_ bins: inout BinCounts) {
        guard let occupationsPerPerson else { return }
        let excess = occupations.values.filter { $0.scopes.count > occupationsPerPerson }
        for (_, rows) in excess.sorted(by: { $0.rows[0] < $1.rows[0] }) {
            ask(rows, .tooManyOccupations, &bins)
        }
    }

    private mutating func merge(
        _ row: Int, into first: Int, _ bins: inout BinCounts
    ) {
        guard !asked.contains(row) else { return }
        merged.insert(row)
        bins.move(from: failed.contains(row) ? .failed : .issued, to: .merged)
        findings.append(Finding(sheetRow: row, rule: .repeatedRow, relatedRow: first))
    }

    /// None of the rows is certified: which of them is right, only a human can tell, and may have told.
    private mutating func ask(
        _ rows: [Int], _ rule: Rule, _ bins: inout BinCounts
    ) {
        for row in rows {
            if settled[row]?.contains(rule.code) ?? false {
                findings.append(Finding(sheetRow: row, rule: .settled))
                continue
            }
            guard asked.insert(row).inserted else { continue }
            let bin: Bin = merged.remove(row) != nil ? .merged : failed.contains(row) ? .failed : .issued
            bins.move(from: bin, to: .quarantined)
            findings.append(Finding(sheetRow: row, rule: rule, relatedRow: rows.first { $0 != row }))
        }
    }
}
