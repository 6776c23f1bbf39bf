import Spreadsheets

/// The first visible worksheet of a workbook as a small table.
enum WorksheetTable {
    private static let maximumRows = 200_000

    static func read(
        _ file: FileBytes, mostRows: Int
    ) throws(SheetProblem) -> (header: [String], rows: [(row: Int, cells: [String])]) {
        var rows: [(row: Int, cells: [String])] = []
        // A text that many cells share costs the file little and the reader much.
        var length = 0
        // With the header, and the row by which the caller knows that there are more.
        let most = mostRows < maximumRows ? mostRows + 1 : maximumRows
        do throws(WorkbookProblem) {
            let workbook = try Workbook(file.file)
            // A workbook has at least one sheet, or it is damaged.
            let sheet = workbook.sheets.first { !$0.isHidden } ?? workbook.sheets[0]
            let reader = try workbook.reading().rows(of: sheet)
            while rows.count <= most, length <= CSVTable.maximumSize, let row = try reader.nextRow() {
                let cells = cells(of: row)
                length += cells.reduce(0) { $0 + $1.utf8.count }
                if !cells.isEmpty { rows.append((row.number, cells)) }
            }
        } catch { throw SheetProblem(error, path: file.name) }
        guard length <= CSVTable.maximumSize else { throw .tooLarge }
        guard rows.count <= maximumRows else { throw .tooLarge }
        guard let header = rows.first?.cells else { throw .emptyTable }
        rows.removeFirst()
        for i in rows.indices {
            guard rows[i].cells.count <= header.count else { throw .tooManyCells(row: rows[i].row) }
            rows[i].cells += repeatElement("", count: header.count - rows[i].cells.count)
        }
        return (header, rows)
    }

    /// The visible sheets that have a list's header, one after the other where it is the same; else the first sheet.
    static func readList(_ file: FileBytes, mostRows: Int) throws(SheetProblem) -> ListTable.Table {
        var lists: [(name: String, table: ListTable.Table)] = []
        var first: [(row: Int, cells: [String])]?
        do throws(WorkbookProblem) {
            let workbook = try Workbook(file.file)
            let reading = workbook.reading()
            for sheet in workbook.sheets where !sheet.isHidden {
                let rows = try rows(of: sheet, in: reading, most: min(mostRows, maximumRows + ListTable.headRows))
                if first?.isEmpty ?? true { first = rows }
                guard ListTable.headerIndex(in: rows.lazy.map(\.cells)) != nil,
                    let table = try? ListTable.table(rows)
                else { continue }
                lists.append((sheet.name, table))
            }
        } catch { throw SheetProblem(error, path: file.name) }
        guard var list = lists.first?.table else { return try ListTable.table(first ?? []) }
        for other in lists.dropFirst() {
            guard other.table.header == list.header else { throw .severalLists(lists.map(\.name)) }
            list.rows += other.table.rows
        }
        return list
    }

    private static func rows(
        of sheet: Workbook.Sheet, in reading: WorkbookReading, most: Int
    ) throws(WorkbookProblem) -> [(row: Int, cells: [String])] {
        var rows: [(row: Int, cells: [String])] = []
        var length = 0
        var hasFormulas = false
        let reader = try reading.rows(of: sheet)
        while rows.count <= most, let row = try reader.nextRow() {
            let cells = cells(of: row)
            hasFormulas = hasFormulas || row.cells.contains(where: \.isFormula)
            length += cells.reduce(0) { $0 + $1.utf8.count }
            guard length <= CSVTable.maximumSize else { throw WorkbookProblem(.tooLarge) }
            if !cells.isEmpty { rows.append((row.number, cells)) }
        }
        if let links = try reading.links(of: sheet, hasFormulas: hasFormulas) { follow(links, in: &rows) }
        return rows
    }

    /// A cell that says 点击查看 and leads to a certificate's code stands for that.
    private static func follow(_ links: SheetLinks, in rows: inout [(row: Int, cells: [String])]) {
        guard !links.targets.isEmpty else { return }
        for index in rows.indices {
            for column in rows[index].cells.indices {
                let place = SheetLinks.Place(row: rows[index].row, column: column)
                guard let target = links.targets[place], hasCode(target), !hasCode(rows[index].cells[column]) else {
                    continue
                }
                rows[index].cells[column] = target
            }
        }
    }

    /// A code has hundreds of digits in one run; no other address has.
    private static func hasCode(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            run = (Byte.zero...Byte.nine).contains(byte) ? run + 1 : 0
            if run == leastDigits { return true }
        }
        return false
    }

    private static let leastDigits = 100

    private static func cells(of row: SheetRow) -> [String] {
        var cells: [String] = []
        for cell in row.cells where cell.column <= SheetLayout.maximumColumns {
            while cells.count < cell.column { cells.append("") }
            cells.append(row.withText(of: cell) { RawCell(bytes: $0, classes: .suspect).string })
        }
        while cells.last == "" { cells.removeLast() }
        return cells
    }
}
