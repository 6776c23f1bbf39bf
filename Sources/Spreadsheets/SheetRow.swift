/// One row of a worksheet, with the cells that are there.
package struct SheetRow: Sendable {
    /// From 1, as the program shows it.
    package let number: Int
    package internal(set) var isHidden: Bool
    /// By column, ascending.
    package fileprivate(set) var cells: [SheetCell] = []
    /// The texts of all its cells.
    private var bytes: [UInt8] = []

    init(number: Int, isHidden: Bool) {
        self.number = number
        self.isHidden = isHidden
    }

    mutating func append(_ cell: SheetCell, _ text: UnsafeRawBufferPointer) {
        var cell = cell
        cell.start = bytes.count
        bytes.append(contentsOf: text)
        cell.end = bytes.count
        cells.append(cell)
    }

    package func withText<Result>(of cell: SheetCell, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // bounded: where append(_:_:) put the cell.
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[cell.start..<cell.end])) }
    }
}

package struct SheetCell: Sendable {
    package enum Kind: UInt8, Sendable {
        case text, number
        /// A number shown as a day; the text is the day.
        case date
        case boolean
        /// Such as `#N/A`.
        case error
    }

    /// From 0.
    package let column: Int
    package var kind: Kind
    package var isFormula = false
    /// A formula of which nothing was saved; an empty text is a value.
    package var isUnsaved = false
    fileprivate var start = 0
    fileprivate var end = 0

    package var isEmpty: Bool { start == end }
    /// Of its text.
    package var byteCount: Int { end - start }

    init(column: Int, kind: Kind) {
        self.column = column
        self.kind = kind
    }
}

/// A range of cells shown as one.
package struct MergedRange: Hashable, Sendable {
    package let rows: ClosedRange<Int>
    /// From 0.
    package let columns: ClosedRange<Int>

    /// - Parameter reference: such as `B2:C7`.
    init?(_ reference: UnsafeRawBufferPointer) {
        guard let colon = reference.firstIndex(of: UInt8(ascii: ":")),
            // bounded: where the colon was found.
            let first = CellReference(UnsafeRawBufferPointer(rebasing: reference[..<colon])),
            let last = CellReference(UnsafeRawBufferPointer(rebasing: reference[(colon + 1)...])),
            first.row <= last.row, first.column <= last.column
        else { return nil }
        // bounded: first is not behind last, as checked above.
        rows = first.row...last.row
        // bounded: as above.
        columns = first.column...last.column
    }
}

/// Such as `AB12`.
struct CellReference {
    static let maximumColumn = 16_383
    static let maximumRow = 1_048_576

    /// From 0.
    let column: Int
    /// From 1.
    let row: Int

    init?(_ text: UnsafeRawBufferPointer) {
        var i = 0
        var column = 0
        while i < text.count, (0x41...0x5A).contains(text[i] & 0xDF), text[i] >= 0x41, i < 4 {
            // bounded: letters, of which four are taken at most.
            column = column * 26 + Int((text[i] & 0xDF) - 0x40)
            i += 1
        }
        guard i > 0, i < text.count, let row = Int(digits: UnsafeRawBufferPointer(rebasing: text[i...])) else {
            return nil
        }
        guard (1...Self.maximumRow).contains(row), column - 1 <= Self.maximumColumn else { return nil }
        (self.column, self.row) = (column - 1, row)
    }
}
