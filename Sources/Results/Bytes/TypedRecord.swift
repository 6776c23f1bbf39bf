import Spreadsheets

/// A row of a worksheet as bytes, so that chunks of both kinds of file are handed on alike: length of the rest,
/// row, flags and number of cells, then each cell's kind, length and text. It never leaves memory.
enum TypedRecord {
    struct Head {
        let end: Int
        let row: Int
        let isHidden: Bool
    }

    private static let hiddenFlag: UInt8 = 1
    private static let formulaFlag: UInt8 = 0x80
    private static let mergedFlag: UInt8 = 0x40
    private static let unsavedFlag: UInt8 = 0x20
    private static let concealingFlag: UInt8 = 0x10
    private static let kindMask: UInt8 = 0x0F

    /// Appends a row. Of cells past `width` the first alone is kept, by which the excess shows.
    static func append(_ row: SheetRow, under cover: MergedCover, width: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        append(0, to: &bytes)
        // bounded: a sheet's reader lets no row pass beyond the last that sheets have.
        append(UInt32(row.number), to: &bytes)
        bytes.append(row.isHidden ? hiddenFlag : 0)
        let last = max(row.cells.last?.column ?? -1, cover.lastColumn)
        let count = min(last + 1, width + 1)
        // bounded: at most one cell more than the width.
        append(UInt32(count), to: &bytes)
        var next = 0
        for column in 0..<count {
            while column == width, next < row.cells.count, row.cells[next].isEmpty { next += 1 }
            let isThere = next < row.cells.count && (row.cells[next].column == column || column == width)
            append(isThere ? row.cells[next] : nil, of: row, cover.cells[column], recordStart: start, to: &bytes)
            if isThere { next += 1 }
        }
        end(recordAt: start, in: &bytes)
    }

    enum Cell {
        case kept(RawCell)
        case text(String)
    }

    /// Appends a row of which some cells are as another record has them.
    static func append(cells: [Cell], row: Int, isHidden: Bool, to bytes: inout [UInt8]) {
        let start = bytes.count
        append(0, to: &bytes)
        // bounded: the row of a record of this form.
        append(UInt32(row), to: &bytes)
        bytes.append(isHidden ? hiddenFlag : 0)
        // bounded: at most one cell more than the widest sheet has columns.
        append(UInt32(cells.count), to: &bytes)
        for cell in cells {
            switch cell {
            case .kept(let cell):
                bytes.append(flags(cell))
                append(cell.bytes, recordStart: start, to: &bytes)
            case .text(let text):
                bytes.append(SheetCell.Kind.text.rawValue)
                Array(text.utf8).withUnsafeBytes { append($0, recordStart: start, to: &bytes) }
            }
        }
        end(recordAt: start, in: &bytes)
    }

    private static func end(recordAt start: Int, in bytes: inout [UInt8]) {
        // bounded: a record is cut where it is too long.
        let length = UInt32(bytes.count - start - 4)
        withUnsafeBytes(of: length) { for (i, byte) in $0.enumerated() { bytes[start + i] = byte } }
    }

    private static func flags(_ cell: RawCell) -> UInt8 {
        cell.kind.rawValue | (cell.isFormula ? formulaFlag : 0) | (cell.isMerged ? mergedFlag : 0)
            | (cell.isUnsaved ? unsavedFlag : 0) | (cell.isConcealing ? concealingFlag : 0)
    }

    /// What people see decides; that something else stands beneath is told.
    private static func append(
        _ own: SheetCell?, of row: SheetRow, _ cover: MergedCover.Cell?, recordStart: Int, to bytes: inout [UInt8]
    ) {
        guard let cover else {
            bytes.append(own.map(flags) ?? SheetCell.Kind.text.rawValue)
            guard let own else { return append(0, to: &bytes) }
            return row.withText(of: own) { append($0, recordStart: recordStart, to: &bytes) }
        }
        let shown = cover.text?.bytes ?? []
        let isConcealing = own.map { cell in row.withText(of: cell) { !$0.isEmpty && !$0.elementsEqual(shown) } }
        guard !shown.isEmpty || isConcealing == true else {
            bytes.append(SheetCell.Kind.text.rawValue)
            return append(0, to: &bytes)
        }
        let kind = cover.text?.kind ?? .text
        bytes.append(kind.rawValue | mergedFlag | (isConcealing == true ? concealingFlag : 0))
        shown.withUnsafeBytes { append($0, recordStart: recordStart, to: &bytes) }
    }

    private static func flags(_ cell: SheetCell) -> UInt8 {
        cell.kind.rawValue | (cell.isFormula ? formulaFlag : 0) | (cell.isUnsaved ? unsavedFlag : 0)
    }

    /// Cuts the record at `start` into cells that point into the bytes.
    static func split(
        _ bytes: UnsafeRawBufferPointer, from start: Int, table: [UInt8], into cells: inout [RawCell]
    ) -> Head {
        cells.removeAll(keepingCapacity: true)
        let head = Head(
            end: start + 4 + integer(bytes, start), row: integer(bytes, start + 4),
            isHidden: bytes[start + 8] & hiddenFlag != 0)
        var i = start + 13
        for _ in 0..<integer(bytes, start + 9) {
            let flags = bytes[i]
            let length = integer(bytes, i + 1)
            // bounded: records of this process, or found sound.
            let text = UnsafeRawBufferPointer(rebasing: bytes[(i + 5)..<(i + 5 + length)])
            var cell = RawCell(bytes: text, classes: ByteClass.of(text, table: table))
            cell.kind = SheetCell.Kind(rawValue: flags & kindMask) ?? .text
            cell.isFormula = flags & formulaFlag != 0
            cell.isMerged = flags & mergedFlag != 0
            cell.isUnsaved = flags & unsavedFlag != 0
            cell.isConcealing = flags & concealingFlag != 0
            cells.append(cell)
            i += 5 + length
        }
        return head
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    /// A text beyond the longest cell is cut behind the byte that shows it to be too long, for which its row is
    /// rejected. So is the row that is too long as a whole: from there on its cells count as too long, and are not kept.
    private static func append(_ text: UnsafeRawBufferPointer, recordStart: Int, to bytes: inout [UInt8]) {
        let most = SheetLayout.maximumCellLength + 1
        let isTooLong = bytes.count - recordStart > RecordSource.maximumRecordLength
        if isTooLong, !text.isEmpty, bytes.count - recordStart <= RecordSource.maximumRecordLength + most {
            // bounded: a constant.
            append(UInt32(most), to: &bytes)
            bytes.append(contentsOf: repeatElement(Byte.space, count: most))
            return
        }
        let kept = isTooLong ? text.prefix(0) : text.prefix(most)
        // bounded: at most the longest cell.
        append(UInt32(kept.count), to: &bytes)
        bytes.append(contentsOf: kept)
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        // bounded: of 32 bits.
        Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
