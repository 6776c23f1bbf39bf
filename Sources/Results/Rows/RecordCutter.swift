/// Cuts records into cells, whatever their form.
struct RecordCutter {
    let form: RecordForm
    private var splitter: CellSplitter
    private let table: [UInt8]
    /// The cells of the record cut last; they point into the bytes given.
    var cells: [RawCell] { row == nil ? splitter.cells : typedCells }
    private var typedCells: [RawCell] = []
    /// The row of the record cut last, where the record itself says so.
    private(set) var row: Int?
    private(set) var isHidden = false

    var isTyped: Bool { row != nil }

    /// The first cell that holds whole rows between its quotation marks.
    func cellHoldingRows(columns: Int) -> Int? {
        guard !isTyped, splitter.spansLines, case .delimited(let delimiter) = form else { return nil }
        return cells.firstIndex { QuotedRows.areIn($0, delimiter: delimiter, columns: columns) }
    }

    init(form: RecordForm) {
        self.form = form
        let delimiter = if case .delimited(let delimiter) = form { delimiter } else { Byte.comma }
        splitter = CellSplitter(delimiter: delimiter)
        table = ByteClass.table(delimiter: delimiter)
    }

    /// Cuts the record at `start` and returns the offset past its end.
    mutating func cut(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard case .typed = form else { return splitter.split(bytes, from: start) }
        let head = TypedRecord.split(bytes, from: start, table: table, into: &typedCells)
        row = head.row
        isHidden = head.isHidden
        return head.end
    }
}
