/// Finds the header among the first rows, and with it the delimiter.
struct HeaderSearch {
    static let rowLimit = 20
    /// Fewer known headers than this are a coincidence.
    private static let enoughHeaders = 3
    private static let delimiters = [Byte.comma, Byte.tab, Byte.semicolon]

    private struct Candidate {
        let row: Int
        let delimiter: UInt8
        let headers: [String]
        let knownCount: Int
    }

    /// - Returns: the layout, and the records below the header.
    static func bind(_ text: TextSource) throws(SheetProblem) -> (layout: SheetLayout, records: RecordSource) {
        var best: Candidate?
        var firstProblem: SheetProblem?
        for delimiter in delimiters {
            var records = RecordSource(text: text, delimiter: delimiter)
            do throws(SheetProblem) {
                while let candidate = try nextCandidate(in: &records, delimiter: delimiter) {
                    if candidate.knownCount > best?.knownCount ?? 0 { best = candidate }
                }
            } catch { firstProblem = firstProblem ?? error }
        }
        guard let best, best.knownCount >= enoughHeaders else { throw firstProblem ?? .noHeader }
        guard best.headers.count <= SheetLayout.maximumColumns else { throw .tooManyColumns(row: best.row) }
        let layout = try SheetLayout(headerRow: best.row, delimiter: best.delimiter, headers: best.headers)
        var records = RecordSource(text: text, delimiter: best.delimiter)
        _ = try records.next(records: best.row)
        return (layout, records)
    }

    private static func nextCandidate(
        in records: inout RecordSource, delimiter: UInt8
    ) throws(SheetProblem) -> Candidate? {
        guard records.recordCount < rowLimit, let (bytes, _) = try records.next(records: 1) else { return nil }
        let row = records.recordCount
        let headers = try CSVTable.cells(of: bytes, delimiter: delimiter, row: row)
        let known = Set(headers.compactMap { HeaderText($0).field })
        return Candidate(row: row, delimiter: delimiter, headers: headers, knownCount: known.count)
    }
}

extension SheetProblem {
    fileprivate static var noHeader: SheetProblem {
        let required = Field.required.map(\.header).joined(separator: "、")
        return SheetProblem(
            .noHeader,
            chinese: "前 \(HeaderSearch.rowLimit) 行中没有找到表头；表头至少应有：\(required)、职业名称。",
            english: "No header was found in the first \(HeaderSearch.rowLimit) rows; it needs at least "
                + "\(required)、职业名称.")
    }

    fileprivate static func tooManyColumns(row: Int) -> SheetProblem {
        SheetProblem(
            .tooManyColumns, row: row, chinese: "表头超过 \(SheetLayout.maximumColumns) 列，请删除多余的列。",
            english: "The header has more than \(SheetLayout.maximumColumns) columns; remove those not needed.")
    }

    static func cellTooLong(row: Int) -> SheetProblem {
        SheetProblem(
            .cellTooLong, row: row, chinese: "第 \(row) 行有单元格超过 32 KiB，请检查引号。",
            english: "Row \(row) has a cell longer than 32 KiB; check its quotation marks.")
    }
}
