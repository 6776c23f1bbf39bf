import Eligibility
import Results

/// Compares the rows of a sheet with each other: 21, 23, 24, 25.
struct RowComparison: ~Copyable {
    private var rows = ComparedRows()
    /// Rows that an officer has answered for, with the codes of what was asked.
    private var settled: [Int: Set<String>] = [:]
    private let occupationsPerPerson: Int?
    private var asked: Set<Int> = []
    private var merged: Set<Int> = []
    private var findings: [Finding] = []

    init(occupationsPerPerson: Int?) { self.occupationsPerPerson = occupationsPerPerson }

    mutating func add(_ row: JudgedChunk.Row, as kind: ComparedRow.Kind) throws(IssuanceError) {
        if let codes = row.past?.settled, !codes.isEmpty { settled[row.sheetRow] = codes }
        try rows.append(
            ComparedRow(
                person: row.personHash, name: row.nameHash, scope: row.scopeHash, content: row.contentHash,
                // Less than 2³², as a chunk's text has at least one byte for each row.
                row: UInt32(row.sheetRow), kind: kind))
    }

    /// - Returns: what was found, in the sheet's order.
    mutating func finish(_ bins: inout BinCounts) throws(IssuanceError) -> [Finding] {
        for index in 0..<ComparedRows.portionCount { compare(try rows.portion(index), &bins) }
        findings.sort { $0.sheetRow < $1.sheetRow }
        return findings
    }

    /// Rows that are not certified because of another.
    var withheld: Set<Int> { asked.union(merged) }

    var rebinned: [Int: Bin] {
        Dictionary(uniqueKeysWithValues: merged.map { ($0, .merged) } + asked.map { ($0, .quarantined) })
    }
}

extension RowComparison {
    /// All rows of some persons, so that nothing outside matters.
    private mutating func compare(_ rows: [ComparedRow], _ bins: inout BinCounts) {
        var ofPerson = DuplicateIndex(expectedCount: rows.count)
        var ofHolding = DuplicateIndex(expectedCount: rows.count)
        let failed = Set(rows.lazy.filter { $0.kind == .failed }.map { Int($0.row) })
        var resits: [DuplicateIndex.Key: ComparedRow] = [:]
        for row in rows {
            let sheetRow = Int(row.row)
            let person = DuplicateIndex.Key(row.person)
            if case .contradicts(let earlier) = ofPerson.insert(key: person, content: row.name, sheetRow: sheetRow) {
                ask(earlier + [sheetRow], .oneNumberTwoNames, failed, &bins)
            }
            let holding = person.mixed(with: row.scope)
            if row.kind == .resit {
                compare(
                    resit: row, passed: ofHolding.rows(of: holding).filter { !failed.contains($0) },
                    &resits[holding], &bins)
                continue
            }
            switch ofHolding.insert(key: holding, content: row.content, sheetRow: sheetRow) {
            case .first: break
            case .repeated(let first): merge(sheetRow, into: first, failed, &bins)
            case .contradicts(let earlier): ask(earlier + [sheetRow], .contradictingRows, failed, &bins)
            }
        }
        countOccupations(rows, failed, &bins)
    }

    /// A resit follows attempts that failed; beside one that passed it contradicts.
    private mutating func compare(
        resit: ComparedRow, passed: [Int], _ earlier: inout ComparedRow?, _ bins: inout BinCounts
    ) {
        let sheetRow = Int(resit.row)
        if !passed.isEmpty {
            ask(passed + [sheetRow], .contradictingRows, [], &bins)
        } else if let first = earlier {
            if first.content == resit.content {
                merge(sheetRow, into: Int(first.row), [], &bins)
            } else {
                ask([Int(first.row), sheetRow], .contradictingRows, [], &bins)
            }
        } else {
            earlier = resit
        }
    }

    private mutating func countOccupations(_ rows: [ComparedRow], _ failed: Set<Int>, _ bins: inout BinCounts) {
        guard let occupationsPerPerson else { return }
        for (_, rows) in Dictionary(grouping: rows.filter({ $0.kind != .failed }), by: \.person)
        where Set(rows.map(\.scope)).count > occupationsPerPerson {
            ask(rows.map { Int($0.row) }, .tooManyOccupations, failed, &bins)
        }
    }

    private mutating func merge(_ row: Int, into first: Int, _ failed: Set<Int>, _ bins: inout BinCounts) {
        guard !asked.contains(row) else { return }
        merged.insert(row)
        bins.move(from: failed.contains(row) ? .failed : .issued, to: .merged)
        findings.append(Finding(sheetRow: row, rule: .repeatedRow, relatedRow: first))
    }

    /// None of the rows is certified: which of them is right, only a human can tell, and may have told.
    private mutating func ask(_ rows: [Int], _ rule: Rule, _ failed: Set<Int>, _ bins: inout BinCounts) {
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
