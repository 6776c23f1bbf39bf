/// The header of a table, in one row or two.
struct HeaderRows {
    static let limit = 20
    /// Fewer known headers than this are a coincidence.
    private static let enoughHeaders = 3

    /// As the program counts, from 1.
    let rows: ClosedRange<Int>
    let headers: [String]

    struct Row {
        let number: Int
        let cells: [String]

        /// As headers have none: of a document, or a day.
        var hasNumber: Bool { cells.contains { $0.utf8.count { (Byte.zero...Byte.nine).contains($0) } >= 6 } }

        var knownCount: Int { Set(cells.compactMap { HeaderText($0).field }).count }
    }

    private init(_ row: Row) {
        rows = row.number...row.number
        headers = row.cells
    }

    /// A group's header above the headers of its columns, such as 成绩 above 理论 and 实操.
    private init(_ top: Row, above bottom: Row) {
        rows = top.number...bottom.number
        headers = (0..<max(top.cells.count, bottom.cells.count)).map { i in
            let (group, own) = (i < top.cells.count ? top.cells[i] : "", i < bottom.cells.count ? bottom.cells[i] : "")
            if own.isEmpty || own == group { return group }
            return [own, group + own, own + group].first { HeaderText($0).field != nil }
                ?? (HeaderText(group).field == nil ? own : group)
        }
    }

    /// The row that is most like a header; nil where none has anything of one, as it may hold names then.
    static func nearest(to rows: [Row]) -> Row? {
        rows.max { ($0.knownCount, $1.number) < ($1.knownCount, $0.number) }.flatMap { $0.knownCount > 0 ? $0 : nil }
    }

    /// The best header among a table's first rows, and what it comes to.
    ///
    /// Two rows are taken together only where neither alone has all that is required.
    static func bind(
        _ rows: [Row], _ layout: (HeaderRows) throws(SheetProblem) -> SheetLayout
    ) throws(SheetProblem) -> SheetLayout {
        guard let best = rows.indices.max(by: { (rows[$0].knownCount, $1) < (rows[$1].knownCount, $0) }),
            rows[best].knownCount >= enoughHeaders
        else { throw .noHeader(nearest(to: rows)) }
        do {
            return try layout(HeaderRows(rows[best]))
        } catch {
            for top in [best, best - 1] where top >= 0 && top + 1 < rows.count {
                // A row of data may say 身份证, too.
                if rows[top + 1].hasNumber { continue }
                let header = HeaderRows(rows[top], above: rows[top + 1])
                if rows[top].number + 1 == rows[top + 1].number, let found = try? layout(header) { return found }
            }
            throw error
        }
    }
}

/// Finds the header of a text among the first rows, and with it the delimiter.
struct HeaderSearch {
    private static let delimiters = [Byte.comma, Byte.tab, Byte.semicolon]

    /// - Returns: the layout, and the records below the header.
    static func bind(_ text: TextSource) throws(SheetProblem) -> BoundText {
        var best: (knownCount: Int, delimiter: UInt8, rows: [HeaderRows.Row])?
        var firstProblem: SheetProblem?
        for delimiter in delimiters {
            var rows: [HeaderRows.Row] = []
            do throws(SheetProblem) {
                try readRows(of: text, delimiter: delimiter, into: &rows)
            } catch { firstProblem = firstProblem ?? error }
            let known = rows.map(\.knownCount).max() ?? 0
            if known > best?.knownCount ?? 0 { best = (known, delimiter, rows) }
        }
        guard let best else { throw firstProblem ?? .noHeader(nil) }
        let layout = try HeaderRows.bind(best.rows) { header throws(SheetProblem) in
            try SheetLayout(header: header, form: .delimited(best.delimiter))
        }
        var records = RecordSource(text: text, delimiter: best.delimiter)
        _ = try records.next(records: layout.headerRow)
        let above = best.rows.filter { $0.number < layout.headerRow }
        return BoundText(
            layout: layout, records: records,
            declarations: above.flatMap { Declaration.all(in: $0.cells, row: $0.number, table: 0) })
    }

    private static func readRows(
        of text: TextSource, delimiter: UInt8, into rows: inout [HeaderRows.Row]
    ) throws(SheetProblem) {
        var records = RecordSource(text: text, delimiter: delimiter)
        while records.recordCount < HeaderRows.limit, let (bytes, _) = try records.next(records: 1) {
            let row = records.recordCount
            rows.append(
                HeaderRows.Row(number: row, cells: try CSVTable.cells(of: bytes, delimiter: delimiter, row: row)))
        }
    }
}

struct BoundText {
    let layout: SheetLayout
    let records: RecordSource
    let declarations: [Declaration]
}

extension SheetProblem {
    /// - Parameter nearest: the row that is most like one.
    static func noHeader(_ nearest: HeaderRows.Row?) -> SheetProblem {
        let required = Field.required.map(\.header).joined(separator: "、")
        let found = nearest.map { row in
            let cells = row.cells.filter { !$0.isEmpty }.prefix(40).map { String($0.prefix(40)) }
            return (row: row.number, cells: cells.joined(separator: " | "))
        }
        return SheetProblem(
            .noHeader, row: found?.row,
            zh: "前 \(HeaderRows.limit) 行中没有找到表头；表头至少应有：\(required)、职业名称。"
                + (found.map { "最像表头的是第 \($0.row) 行：\($0.cells)。" } ?? ""),
            en: "No header was found in the first \(HeaderRows.limit) rows; it needs at least "
                + "\(required)、职业名称." + (found.map { " Row \($0.row) is most like one: \($0.cells)." } ?? ""))
    }

    static func cellTooLong(row: Int) -> SheetProblem {
        SheetProblem(
            .cellTooLong, row: row, zh: "第 \(row) 行有单元格超过 32 KiB，请检查引号。",
            en: "Row \(row) has a cell longer than 32 KiB; check its quotation marks.")
    }
}
