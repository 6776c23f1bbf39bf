import Files
import Spreadsheets

/// Reads a list of certificates as offices have them: titles above the header, the list on another sheet, rows that are
/// longer than the header.
package enum ListTable {
    /// Rows in which the header is looked for.
    static let headRows = 20

    package typealias Table = (header: [String], rows: [(row: Int, cells: [String])])

    /// Header and rows; without a header by which rows can be checked, the first row stands for it.
    ///
    /// - Parameters:
    ///   - name: what the file is called, for what refuses it.
    ///   - mostRows: reading stops after one row more, by which the caller knows.
    /// - Returns: every row has as many cells as the header; blank rows are left out.
    package static func read(_ file: InputFile, name: String, mostRows: Int) throws(SheetProblem) -> Table {
        let bytes = FileBytes(file, name: name)
        let most = mostRows < .max - headRows ? mostRows + headRows : .max
        if try bytes.isWorkbook() { return try WorksheetTable.readList(bytes, mostRows: most) }
        return try CSVTable.readList(bytes, mostRows: most)
    }

    /// Where the header is among rows; nil where none is one.
    static func headerIndex(in rows: some Sequence<[String]>) -> Int? {
        rows.prefix(headRows).enumerated().first { ListColumns(header: $0.element).suffice }?.offset
    }

    /// With the rows above the header left out, and all rows as wide as the widest.
    static func table(_ rows: [(row: Int, cells: [String])]) throws(SheetProblem) -> Table {
        let start = headerIndex(in: rows.lazy.map(\.cells)) ?? 0
        guard start < rows.count else { throw .emptyTable }
        let width = rows[start...].reduce(0) { max($0, $1.cells.count) }
        func widened(_ cells: [String]) -> [String] { cells + repeatElement("", count: width - cells.count) }
        return (widened(rows[start].cells), rows[(start + 1)...].map { ($0.row, widened($0.cells)) })
    }
}
