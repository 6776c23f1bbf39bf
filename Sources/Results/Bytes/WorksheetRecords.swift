import Spreadsheets

/// Cuts a worksheet into runs of records.
struct WorksheetRecords {
    private let workbook: Workbook
    private let bound: BoundWorksheet
    private var reader: WorksheetReader?
    /// Merged ranges that the rows have not come to yet.
    private var coming: ArraySlice<MergedRange>
    /// Ranges that the rows are in, with what their first cells hold, by column. Ranges do not overlap.
    private var current: [Int: (range: MergedRange, text: MergedText)] = [:]

    init(_ workbook: Workbook, _ bound: BoundWorksheet) {
        self.workbook = workbook
        self.bound = bound
        coming = bound.mergedRanges[...]
    }

    /// The next `count` rows, fewer at the end; nil after the end.
    mutating func next(records count: Int) throws(SheetProblem) -> (firstRow: Int, count: Int, bytes: [UInt8])? {
        do throws(WorkbookProblem) {
            let reader = try openedReader()
            var bytes: [UInt8] = []
            var (first, found) = (0, 0)
            while found < count, let row = try reader.nextRow() {
                guard row.number > bound.layout.headerRow else { continue }
                let merged = mergedTexts(in: row)
                // Formats alone, as whole columns have them, make no row.
                if row.cells.isEmpty, merged.isEmpty { continue }
                if found == 0 { first = row.number }
                found += 1
                TypedRecord.append(row, merged: merged, width: SheetLayout.maximumColumns, to: &bytes)
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

    /// The texts of merged cells that reach down into this row, by column.
    private mutating func mergedTexts(in row: SheetRow) -> [Int: MergedText] {
        if current.isEmpty, coming.isEmpty { return [:] }
        current = current.filter { $0.value.range.rows.contains(row.number) }
        let texts = current.mapValues(\.text)
        while let range = coming.first, range.rows.lowerBound <= row.number {
            coming.removeFirst()
            guard range.rows.lowerBound == row.number,
                let cell = row.cells.first(where: { $0.column == range.columns.lowerBound })
            else { continue }
            let bytes = row.withText(of: cell) { Array($0) }
            current[cell.column] = (range, MergedText(kind: cell.kind, bytes: bytes))
        }
        return texts
    }
}
