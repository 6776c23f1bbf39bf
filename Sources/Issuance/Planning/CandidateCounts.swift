import Eligibility
import Results

/// results.md, 53: compares the rows of candidates with what the sheet, or whoever sent it, says there are.
struct CandidateCounts {
    /// More would be no help to whoever looks for a row.
    private static let mostDoubts = 20

    private let tables: [SheetLayout]
    private let declarations: [Declaration]
    private let declaredCount: Int?
    private var found: [Found]
    /// Declared by rows of totals, by table.
    private var totals: [[Declaration]]
    /// Rows that may be surplus, or that may be candidates and were not counted.
    private var doubts: [Finding] = []

    /// The candidates of a table.
    private struct Found {
        var registered = 0
        /// Rows that repeat another: whoever counts may count them or not.
        var repeated = 0
        var absent = 0
        var pending = 0
        var void = 0
        var passed = 0
        /// Of which it is not known yet whether they passed.
        var open = 0

        static func + (a: Self, b: Self) -> Self {
            Found(
                registered: a.registered + b.registered, repeated: a.repeated + b.repeated, absent: a.absent + b.absent,
                pending: a.pending + b.pending,
                void: a.void + b.void, passed: a.passed + b.passed, open: a.open + b.open)
        }

        /// Nil when a declaration of this kind can be neither right nor wrong yet. Whether somebody deferred is counted
        /// among the absent, and somebody excluded among those who sat, differs from school to school.
        func range(_ kind: Declaration.Kind) -> ClosedRange<Int>? {
            switch kind {
            case .registered: (registered - repeated)...registered
            case .sat: (registered - repeated - absent - pending - void)...(registered - absent)
            case .absent: absent...(absent + pending)
            case .passed: open > 0 ? nil : passed...passed
            }
        }
    }

    init(_ sheet: ResultSheet, declaredCount: Int?) {
        tables = sheet.tables
        declarations = sheet.declarations
        self.declaredCount = declaredCount
        found = Array(repeating: Found(), count: sheet.tables.count)
        totals = Array(repeating: [], count: sheet.tables.count)
    }

    mutating func add(_ judged: JudgedChunk) {
        let bins = judged.bins
        found[judged.table] =
            found[judged.table]
            + Found(
                registered: judged.candidateCount, absent: bins[.absent], pending: bins[.pending], void: bins[.void],
                passed: judged.eligible.count, open: bins[.quarantined] + bins[.rejected] + judged.resits.count)
        totals[judged.table] += judged.declarations
        for findings in judged.findings where doubts.count < Self.mostDoubts {
            if let doubt = findings.first(where: \.isDoubt) { doubts.append(doubt) }
        }
    }

    /// - Parameter rebinned: where rows ended that more than themselves decided.
    func problem(with rebinned: [Int: Bin]) -> SheetProblem? {
        var (found, doubts) = (found, doubts)
        for (row, bin) in rebinned where bin == .merged || bin == .quarantined {
            // A row lies past the base of its table and of those before it.
            guard let table = tables.lastIndex(where: { $0.rowBase < row }) else { continue }
            // A row that repeats another is no further candidate.
            if bin == .merged { found[table].repeated += 1 }
            found[table].open += 1
            doubts.append(Finding(sheetRow: row, rule: .repeatedRow).placed(by: tables))
        }
        if tables.count == 1 { doubts = doubts.map(\.withoutSheet) }
        let all = found.reduce(Found(), +)
        if let declaredCount, let range = all.range(.registered), !range.contains(declaredCount) {
            return .countDiffers(
                Declaration.Kind.registered, declaredCount, range, nil, doubts)
        }
        for declaration in declarations {
            let place = declaration.table.map { found[$0] } ?? all
            if let problem = Self.problem(declaration, place, doubts) { return problem }
        }
        for (found, totals) in zip(found, totals) {
            for kind in Declaration.Kind.allCases {
                let ofKind = totals.filter { $0.kind == kind }
                // A table with several rows of totals sums up its groups, and which of them is the whole is open.
                if ofKind.count == 1, let problem = Self.problem(ofKind[0], found, doubts) { return problem }
            }
        }
        return nil
    }

    private static func problem(_ declaration: Declaration, _ found: Found, _ doubts: [Finding]) -> SheetProblem? {
        guard let range = found.range(declaration.kind), !range.contains(declaration.count) else { return nil }
        return .countDiffers(declaration.kind, declaration.count, range, declaration.row, doubts)
    }
}

extension Finding {
    /// Where there is one sheet alone, its name says nothing.
    fileprivate var withoutSheet: Finding { Finding(sheetRow: row, rule: rule) }

    /// Whether the row may be a candidate too many, or one that was passed over.
    fileprivate var isDoubt: Bool {
        severity == .ask || severity == .reject || rule == .noteRow || rule == .signatureRow || rule == .totalRow
    }
}

extension SheetProblem {
    fileprivate static func countDiffers(
        _ kind: Declaration.Kind, _ declared: Int, _ found: ClosedRange<Int>, _ row: Int?, _ doubts: [Finding]
    ) -> SheetProblem {
        let (chinese, english) = row.map { ("第 \($0) 行", " in row \($0)") } ?? ("", "")
        let rows = doubts.sorted { $0.sheetRow < $1.sheetRow }.prefix(20)
        let inChinese = rows.map { ($0.place.name.map { "“\($0)”" } ?? "") + "\($0.row)" }.joined(separator: "、")
        let inEnglish = rows.map { ($0.place.name.map { "\"\($0)\" " } ?? "") + "\($0.row)" }.joined(separator: ", ")
        let count = found.count == 1 ? "\(found.lowerBound)" : "\(found.lowerBound)–\(found.upperBound)"
        return SheetProblem(
            .countDiffers, row: row,
            zh: "\(chinese)声明\(kind.chinese) \(declared) 人，实际有 \(count) 人，整个文件不予受理；请核对是否缺行、多行或声明有误。"
                + (rows.isEmpty ? "" : "请先看这些行：\(inChinese)。"),
            en:
                "\(declared) candidates \(kind.english) are declared\(english), but there are \(count); the whole file is "
                + "refused: look for missing or surplus rows, or correct the declaration."
                + (rows.isEmpty ? "" : " Look at these rows first: \(inEnglish)."))
    }
}

extension Declaration.Kind {
    fileprivate var chinese: String {
        switch self {
        case .registered: "考生"
        case .sat: "参考"
        case .absent: "缺考"
        case .passed: "合格"
        }
    }

    fileprivate var english: String {
        switch self {
        case .registered: "in all"
        case .sat: "who sat"
        case .absent: "who were absent"
        case .passed: "who passed"
        }
    }
}
