import Errors

/// Where a row ends. Every row ends in exactly one.
package enum Bin: String, Sendable, CaseIterable {
    case issued, failed, absent, pending, void, quarantined, rejected, merged, skipped

    /// For people.
    package var words: BilingualText {
        switch self {
        case .issued: BilingualText(zh: "可发证", en: "to be issued")
        case .failed: BilingualText(zh: "不合格", en: "failed")
        case .absent: BilingualText(zh: "缺考", en: "absent")
        case .pending: BilingualText(zh: "缓考", en: "deferred")
        case .void: BilingualText(zh: "成绩作废", en: "void")
        case .quarantined: BilingualText(zh: "待核对", en: "asked about")
        case .rejected: BilingualText(zh: "不予受理", en: "rejected")
        case .merged: BilingualText(zh: "重复已合并", en: "repeated, merged")
        case .skipped: BilingualText(zh: "跳过", en: "skipped")
        }
    }
}

/// How many rows ended where.
package struct BinCounts: Hashable, Sendable {
    private var counts = [Int](repeating: 0, count: Bin.allCases.count)

    package init() {}

    package subscript(bin: Bin) -> Int { counts[Self.index(of: bin)] }

    package var total: Int { counts.reduce(0, +) }

    package mutating func add(_ bin: Bin, rows: Int = 1) {
        counts[Self.index(of: bin)] += rows
    }

    package mutating func add(_ other: BinCounts) {
        for bin in Bin.allCases { add(bin, rows: other[bin]) }
    }

    /// For a row that turns out to belong elsewhere.
    package mutating func move(from: Bin, to: Bin) {
        add(from, rows: -1)
        add(to)
    }

    /// The invariant: every row is in one bin, and no bin owes rows.
    package func check(rows: Int) throws(BinProblem) {
        guard total == rows, counts.allSatisfy({ $0 >= 0 }) else { throw BinProblem(rows: rows, counts: self) }
    }

    private static func index(of bin: Bin) -> Int {
        switch bin {
        case .issued: 0
        case .failed: 1
        case .absent: 2
        case .pending: 3
        case .void: 4
        case .quarantined: 5
        case .rejected: 6
        case .merged: 7
        case .skipped: 8
        }
    }
}

extension BinCounts: CustomStringConvertible {
    /// Such as `rows 15000 = issued 13902 + failed 801 + …`, every bin in turn.
    package var description: String {
        "rows \(total) = " + Bin.allCases.map { "\($0.rawValue) \(self[$0])" }.joined(separator: " + ")
    }
}

/// Rows were lost or counted twice: a defect of this program, so nothing may be issued.
package struct BinProblem: Explained, Hashable {
    package let rows: Int
    package let counts: BinCounts

    package var category: ErrorCategory { .defect }
    package var codeName: String { "bins" }
    package var words: BilingualText {
        BilingualText(
            zh: "读取了 \(rows) 行，但 \(counts)；请作为缺陷报告",
            en: "\(rows) rows were read, but \(counts); report this as a defect")
    }
}
