import Files
import Spreadsheets

/// A run of consecutive rows of one table, ready to be interpreted on any thread.
package struct SheetChunk: Sendable {
    /// From 0, in the file's order.
    package let index: Int
    /// Which of the file's tables the rows are of.
    package let table: Int
    /// The sheet row of the first record.
    package let firstRow: Int
    package let rowCount: Int
    /// Records in the table's form.
    package let bytes: [UInt8]

    package init(index: Int, table: Int, firstRow: Int, rowCount: Int, bytes: [UInt8]) {
        (self.index, self.table, self.firstRow, self.rowCount, self.bytes) = (index, table, firstRow, rowCount, bytes)
    }
}

/// A file of results, CSV or a workbook, with its headers bound. Nothing below the headers is kept: memory
/// does not grow with the file.
package struct ResultSheet: Sendable {
    package static let defaultChunkRows = 8000

    /// One for a CSV file; of a workbook one for each worksheet that has results.
    package let tables: [SheetLayout]
    /// Nil for a workbook.
    package let encoding: SheetEncoding?
    /// About the file: its encoding, its columns, the rows above its headers, sheets passed over.
    package let findings: [Finding]
    /// What the file itself says about how many results it has.
    package let declarations: [Declaration]

    private let chunkRows: Int
    private let source: Source
    var overlay: SheetOverlay?

    private enum Source: Sendable {
        case text(RecordSource)
        case workbook(Workbook, [BoundWorksheet])
        case elsewhere(any SheetOpener)
    }

    /// Opens the file, finds out what it is, and binds its headers.
    ///
    /// - Parameter chunkRows: records per chunk, 1…10,000; what lies outside is brought within.
    package init(path: String, chunkRows: Int = defaultChunkRows) throws(SheetProblem) {
        try self.init(FileBytes(path: path), chunkRows: chunkRows)
    }

    /// - Parameter name: what the file is called, for what refuses it.
    package init(_ file: InputFile, name: String, chunkRows: Int) throws(SheetProblem) {
        try self.init(FileBytes(file, name: name), chunkRows: chunkRows)
    }

    private init(_ file: FileBytes, chunkRows: Int) throws(SheetProblem) {
        self.chunkRows = min(max(1, chunkRows), 10_000)
        if try file.isWorkbook() {
            let bound = try WorksheetBinder(file)
            tables = bound.worksheets.map(\.layout)
            encoding = nil
            findings = bound.findings
            declarations = bound.declarations
            source = .workbook(bound.workbook, bound.worksheets)
            return
        }
        let detected = try DetectedEncoding(file: file)
        let text = try HeaderSearch.bind(TextSource(file: file, detected: detected))
        tables = [text.layout]
        encoding = detected.encoding
        var findings: [Finding] = []
        if detected.markLength > 0 { findings.append(Finding(sheetRow: 1, rule: .byteOrderMark)) }
        if encoding == .gb18030 { findings.append(Finding(sheetRow: 1, rule: .readAsGB18030)) }
        self.findings = findings + text.layout.findings
        declarations = text.declarations
        source = .text(text.records)
    }

    /// What another process found in the file, which also reads its rows.
    package init(_ outline: SheetOutline, rows: any SheetOpener) {
        (tables, encoding) = (outline.tables, outline.encoding)
        (findings, declarations) = (outline.findings, outline.declarations)
        chunkRows = Self.defaultChunkRows
        source = .elsewhere(rows)
    }

    /// All of it but the rows.
    package var outline: SheetOutline {
        SheetOutline(tables: tables, encoding: encoding, findings: findings, declarations: declarations)
    }

    /// Reads from the first row on; readers never disturb each other.
    package func reader() -> SheetReader { fileReader.overlaid(with: overlay, tables) }

    private var fileReader: SheetReader {
        switch source {
        case .text(let records): SheetReader(records, chunkRows: chunkRows)
        case .workbook(let workbook, let worksheets):
            SheetReader(workbook.reading(), worksheets, chunkRows: chunkRows)
        case .elsewhere(let opener): SheetReader(opener)
        }
    }

    /// The table that a row is of, and the row's number in it.
    package func place(ofRow sheetRow: Int) -> (table: SheetLayout, row: Int) {
        // There is at least one table, and the first one's base is 0.
        let table = tables.last { $0.rowBase < sheetRow } ?? tables[0]
        return (table, sheetRow - table.rowBase)
    }
}
