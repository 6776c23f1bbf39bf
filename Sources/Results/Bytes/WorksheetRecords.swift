import Spreadsheets

/// Cuts a worksheet into runs of records.
struct WorksheetRecords {
    private let workbook: WorkbookReading
    private let bound: BoundWorksheet
    private var reader: WorksheetReader?
    private var cover: MergedCover

    init(_ workbook: WorkbookReading, _ bound: BoundWorksheet) {
        self.workbook = workbook
        self.bound = bound
        cover = MergedCover(bound.mergedRanges)
    }

    /// The next `count` rows that hold anything, fewer at the end; nil after the end.
    mutating func next(records count: Int) throws(SheetProblem) -> (firstRow: Int, count: Int, bytes: [UInt8])? {
        do throws(WorkbookProblem) {
            let reader = try openedReader()
            var bytes: [UInt8] = []
            var (first, found) = (0, 0)
            while found < count, let row = try reader.nextRow() {
                // Programs keep formats of rows that nobody filled.
                guard row.number > bound.layout.headerRow, row.hasContent else { continue }
                if found == 0 { first = row.number }
                found += 1
                cover.move(to: row)
                TypedRecord.append(row, under: cover, width: SheetLayout.maximumColumns, to: &bytes)
                if bytes.count > RecordSource.maximumRunLength { break }
            }
            return found == 0 ? nil : (first, found, bytes)
        } catch { throw SheetProblem(error, path: bound.sheet.name) }
    }

    private mutating func openedReader() throws(WorkbookProblem) -> WorksheetReader {
        if let reader { return reader }
        let opened = try workbook.rows(of: bound.sheet, upTo: bound.lastRow)
        reader = opened
        return opened
    }
}

extension SheetRow {
    fileprivate var hasContent: Bool { cells.contains { !$0.isEmpty || $0.isFormula } }
}
