import Files
import Spreadsheets

/// Reads small tables, such as the registry's, whole.
package enum CSVTable {
    package static let maximumSize = 64 << 20

    /// Header and rows of a file, read like result sheets are: any of their encodings and delimiters,
    /// spaces around cells removed, blank rows left out.
    ///
    /// - Parameter mostRows: reading stops after one row more, by which the caller knows.
    /// - Returns: `row` counts as a spreadsheet program does; every row has as many cells as the header.
    package static func read(
        path: String, mostRows: Int = .max
    ) throws(SheetProblem) -> (header: [String], rows: [(row: Int, cells: [String])]) {
        try read(FileBytes(path: path), mostRows: mostRows)
    }

    /// - Parameter name: what the file is called, for what refuses it.
    package static func read(
        _ file: InputFile, name: String, mostRows: Int
    ) throws(SheetProblem) -> (header: [String], rows: [(row: Int, cells: [String])]) {
        try read(FileBytes(file, name: name), mostRows: mostRows)
    }

    private static func read(
        _ file: FileBytes, mostRows: Int
    ) throws(SheetProblem) -> (header: [String], rows: [(row: Int, cells: [String])]) {
        if try file.isWorkbook() { return try WorksheetTable.read(file, mostRows: mostRows) }
        guard file.size <= maximumSize else { throw .tooLarge }
        let text = TextSource(file: file, detected: try DetectedEncoding(file: file))
        var (header, records) = try header(of: text)
        var rows: [(row: Int, cells: [String])] = []
        while rows.count <= mostRows, let (bytes, _) = try records.source.next(records: 1) {
            let row = records.source.recordCount
            var cells = try cells(of: bytes, delimiter: records.delimiter, row: row)
            if cells.allSatisfy(\.isEmpty) { continue }
            while cells.count > header.count, cells.last == "" { cells.removeLast() }
            guard cells.count <= header.count else { throw .tooManyCells(row: row) }
            cells.append(contentsOf: repeatElement("", count: header.count - cells.count))
            rows.append((row, cells))
        }
        return (header, rows)
    }

    /// As ``ListTable`` wants it: rows of any length, by the delimiter that gives a header or else the most cells.
    static func readList(_ file: FileBytes, mostRows: Int) throws(SheetProblem) -> ListTable.Table {
        guard file.size <= maximumSize else { throw .tooLarge }
        let text = TextSource(file: file, detected: try DetectedEncoding(file: file))
        var best: (score: Int, delimiter: UInt8) = (-1, Byte.comma)
        for delimiter in [Byte.comma, Byte.tab, Byte.semicolon] {
            var source = RecordSource(text: text, delimiter: delimiter)
            let head = try records(&source, delimiter, most: ListTable.headRows).map(\.cells)
            let isHeaded = ListTable.headerIndex(in: head) != nil
            let score = (isHeaded ? 1 << 20 : 0) + (head.map(\.count).max() ?? 0)
            if score > best.score { best = (score, delimiter) }
        }
        var source = RecordSource(text: text, delimiter: best.delimiter)
        return try ListTable.table(records(&source, best.delimiter, most: mostRows))
    }

    private static func records(
        _ source: inout RecordSource, _ delimiter: UInt8, most: Int
    ) throws(SheetProblem) -> [(row: Int, cells: [String])] {
        var rows: [(row: Int, cells: [String])] = []
        while rows.count <= most, let (bytes, _) = try source.next(records: 1) {
            var cells = try cells(of: bytes, delimiter: delimiter, row: source.recordCount)
            while cells.last == "" { cells.removeLast() }
            guard cells.count <= SheetLayout.maximumColumns else { throw .tooManyCells(row: source.recordCount) }
            if !cells.isEmpty { rows.append((source.recordCount, cells)) }
        }
        return rows
    }

    private static func header(
        of text: TextSource
    ) throws(SheetProblem) -> ([String], (source: RecordSource, delimiter: UInt8)) {
        var best: (cells: [String], source: RecordSource, delimiter: UInt8)?
        for delimiter in [Byte.comma, Byte.tab, Byte.semicolon] {
            var source = RecordSource(text: text, delimiter: delimiter)
            while let (bytes, _) = try source.next(records: 1) {
                let cells = try cells(of: bytes, delimiter: delimiter, row: source.recordCount)
                if cells.allSatisfy(\.isEmpty) { continue }
                if cells.count > best?.cells.count ?? 0 { best = (cells, source, delimiter) }
                break
            }
        }
        guard let best else { throw .emptyTable }
        guard best.cells.count <= SheetLayout.maximumColumns else { throw .tooManyCells(row: best.source.recordCount) }
        return (best.cells, (best.source, best.delimiter))
    }

    /// The texts of one record's cells, for tables of any kind.
    static func cells(of record: [UInt8], delimiter: UInt8, row: Int) throws(SheetProblem) -> [String] {
        var splitter = CellSplitter(delimiter: delimiter)
        let cells: [String]? = record.withUnsafeBytes { bytes in
            _ = splitter.split(bytes, from: 0)
            let isSound = splitter.cells.allSatisfy { $0.bytes.count <= SheetLayout.maximumCellLength }
            return isSound ? splitter.cells.map(\.string) : nil
        }
        guard let cells else { throw .cellTooLong(row: row) }
        return cells
    }
}

extension SheetProblem {
    static var emptyTable: SheetProblem {
        SheetProblem(.empty, zh: "表中没有内容。", en: "The table has no content.")
    }

    static var tooLarge: SheetProblem {
        SheetProblem(
            .tooLarge, zh: "文件超过 \(CSVTable.maximumSize >> 20) MiB，请检查是否选错了文件。",
            en: "The file is larger than \(CSVTable.maximumSize >> 20) MiB; check that it is the right one.")
    }

    static func severalLists(_ sheets: [String]) -> SheetProblem {
        SheetProblem(
            .severalLists, zh: "几张工作表各有一份表头不同的名单（\(sheets.joined(separator: "、"))），请各存为一个文件。",
            en:
                "Several sheets hold lists with different headers (\(sheets.joined(separator: ", "))); save each as a file."
        )
    }

    static func tooManyCells(row: Int) -> SheetProblem {
        SheetProblem(
            .tooManyColumns, row: row, zh: "第 \(row) 行的单元格多于表头，请检查分隔符。",
            en: "Row \(row) has more cells than the header; check its separators.")
    }
}
