import Spreadsheets

/// What merged ranges lay over the cells of the row that is read.
struct MergedCover {
    struct Cell {
        let lastRow: Int
        /// What people see; nil where the range shows it in another column, or shows nothing.
        let text: MergedText?
    }

    /// By column.
    private(set) var cells: [Int: Cell] = [:]
    /// The last column that shows a text from a row above; -1 where none does.
    private(set) var lastColumn = -1
    /// Ranges that the rows have not come to yet, by their first rows.
    private var coming: ArraySlice<MergedRange>
    /// Left columns of ranges that begin in the row before, which itself shows their text.
    private var below: [(column: Int, cell: Cell)] = []
    private var nextEnd = Int.max

    init(_ ranges: [MergedRange]) { coming = ranges[...] }

    mutating func move(to row: SheetRow) {
        guard !coming.isEmpty || !cells.isEmpty || !below.isEmpty else { return }
        for (column, cell) in below { cover(column, cell) }
        below = []
        if row.number > nextEnd { uncover(before: row.number) }
        while let range = coming.first, range.rows.lowerBound <= row.number {
            coming.removeFirst()
            guard range.rows.upperBound >= row.number else { continue }
            begin(range, in: row)
        }
        lastColumn = cells.lazy.filter { $0.value.text != nil }.map(\.key).max() ?? -1
    }

    private mutating func begin(_ range: MergedRange, in row: SheetRow) {
        let columns = range.columns.clamped(to: 0...SheetLayout.maximumColumns)
        let isFirstRow = range.rows.lowerBound == row.number
        for column in columns where column > range.columns.lowerBound || !isFirstRow {
            cover(column, Cell(lastRow: range.rows.upperBound, text: nil))
        }
        guard isFirstRow, range.rows.count > 1 else { return }
        let anchor = row.cells.first { $0.column == range.columns.lowerBound && !$0.isEmpty }
        let text = anchor.map { cell in MergedText(kind: cell.kind, bytes: row.withText(of: cell) { Array($0) }) }
        below.append((range.columns.lowerBound, Cell(lastRow: range.rows.upperBound, text: text)))
    }

    private mutating func cover(_ column: Int, _ cell: Cell) {
        cells[column] = cell
        nextEnd = min(nextEnd, cell.lastRow)
    }

    private mutating func uncover(before row: Int) {
        cells = cells.filter { $0.value.lastRow >= row }
        nextEnd = cells.values.lazy.map(\.lastRow).min() ?? .max
    }
}

/// What the first cell of a merged range holds, for the cells below it.
struct MergedText {
    let kind: SheetCell.Kind
    let bytes: [UInt8]
}
