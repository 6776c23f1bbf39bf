import Results

/// 53: compares the rows of candidates with what the sheet, or whoever sent it, says there are.
struct CandidateCounts {
    private let declarations: [Declaration]
    private let declaredCount: Int?
    /// By table.
    private var candidates: [Int]
    private var totals: [[Int]]

    init(_ sheet: ResultSheet, declaredCount: Int?) {
        declarations = sheet.declarations
        self.declaredCount = declaredCount
        candidates = Array(repeating: 0, count: sheet.tables.count)
        totals = Array(repeating: [], count: sheet.tables.count)
    }

    mutating func add(_ judged: JudgedChunk) {
        candidates[judged.table] += judged.candidateCount
        totals[judged.table] += judged.declaredCounts
    }

    func check() throws(SheetProblem) {
        let all = candidates.reduce(0, +)
        if let declaredCount, declaredCount != all {
            throw .countDiffers(declared: declaredCount, found: all, row: nil)
        }
        for declaration in declarations {
            let found = declaration.table.map { candidates[$0] } ?? all
            if declaration.count != found {
                throw .countDiffers(declared: declaration.count, found: found, row: declaration.row)
            }
        }
        // A table with several rows of totals sums up its groups, and which of them is the whole is open.
        for (found, totals) in zip(candidates, totals) where totals.count == 1 && totals[0] != found {
            throw .countDiffers(declared: totals[0], found: found, row: nil)
        }
    }
}

extension SheetProblem {
    fileprivate static func countDiffers(declared: Int, found: Int, row: Int?) -> SheetProblem {
        let (chinese, english) = row.map { ("第 \($0) 行", " in row \($0)") } ?? ("", "")
        return SheetProblem(
            .countDiffers, row: row,
            chinese: "\(chinese)声明 \(declared) 人，实际有 \(found) 行考生，整个文件不予受理；请核对是否缺行、多行或声明有误。",
            english:
                "\(declared) candidates are declared\(english), but there are \(found); the whole file is refused: "
                + "look for missing or surplus rows, or correct the declaration.")
    }
}
