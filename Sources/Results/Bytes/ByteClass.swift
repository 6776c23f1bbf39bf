import Spreadsheets

/// What kinds of bytes a cell has, gathered while cells are cut: most cells need no second look.
struct ByteClass: OptionSet {
    let rawValue: UInt8

    /// Ends a cell: the delimiter or a line end.
    static let boundary = ByteClass(rawValue: 1)
    static let nonASCII = ByteClass(rawValue: 2)
    /// May be, or may begin, a character that has to be mended before the cell is read.
    static let suspect = ByteClass(rawValue: 4)
    /// The cell's bytes are still as quoted, marks included.
    static let quoted = ByteClass(rawValue: 8)

    /// The class of each byte value, for one delimiter.
    static func table(delimiter: UInt8) -> [UInt8] {
        var table = [UInt8](repeating: 0, count: 256)
        for byte in 0x80...0xFF { table[byte] |= nonASCII.rawValue }
        for byte in 0...0x20 { table[byte] |= suspect.rawValue }
        // Leads of no-break space, general punctuation, ideographic space, marks and full-width forms.
        for byte in [0x22, 0x27, 0x3D, 0x7F, 0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF] { table[byte] |= suspect.rawValue }
        for byte in [delimiter, Byte.lineFeed, Byte.carriageReturn] { table[Int(byte)] = boundary.rawValue }
        return table
    }
}

extension ByteClass {
    /// Boundaries are text when quoted or typed, and to be mended as far as they are white space.
    static func of(_ text: some Sequence<UInt8>, table: [UInt8]) -> ByteClass {
        ByteClass(
            rawValue: text.reduce(0) { seen, byte in
                let kind = table[Int(byte)]
                return seen | (kind == boundary.rawValue ? suspect.rawValue : kind)
            })
    }
}

/// A cell as it stands in the file.
struct RawCell {
    let bytes: UnsafeRawBufferPointer
    let classes: ByteClass
    /// Text, unless a workbook says otherwise.
    var kind = SheetCell.Kind.text
    /// The bytes are what the formula came to when the workbook was saved.
    var isFormula = false
    /// The bytes are those of a merged range's first cell.
    var isMerged = false
    /// Something else stands beneath the merged range, where nobody sees it.
    var isConcealing = false
    /// A formula of which nothing was saved.
    var isUnsaved = false

    init(bytes: UnsafeRawBufferPointer, classes: ByteClass) {
        self.bytes = bytes
        self.classes = classes
    }

    static var blank: RawCell { RawCell(bytes: UnsafeRawBufferPointer(start: nil, count: 0), classes: []) }

    var isEmpty: Bool { bytes.isEmpty }
}
