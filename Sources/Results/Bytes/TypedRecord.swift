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
    private static let kindMask: UInt8 = 0x0F

    /// Appends a row. Cells past `width` are dropped but for one, by which the excess shows.
    static func append(_ row: SheetRow, merged: [Int: MergedText], width: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        append(0, to: &bytes)
        // bounded: a sheet's reader lets no row pass beyond the last that sheets have.
        append(UInt32(row.number), to: &bytes)
        bytes.append(row.isHidden ? hiddenFlag : 0)
        let last = max(row.cells.last?.column ?? -1, merged.keys.max() ?? -1)
        let count = min(last + 1, width + 1)
        // bounded: at most one cell more than the width.
        append(UInt32(count), to: &bytes)
        var next = 0
        for column in 0..<count {
            let isThere = next < row.cells.count && row.cells[next].column == column
            if isThere, !row.cells[next].isEmpty || row.cells[next].isFormula {
                let cell = row.cells[next]
                bytes.append(cell.kind.rawValue | (cell.isFormula ? formulaFlag : 0))
                row.withText(of: cell) { append($0, recordStart: start, to: &bytes) }
            } else if let text = merged[column] {
                bytes.append(text.kind.rawValue | mergedFlag)
                text.bytes.withUnsafeBytes { append($0, recordStart: start, to: &bytes) }
            } else {
                bytes.append(SheetCell.Kind.text.rawValue)
                append(0, to: &bytes)
            }
            if isThere { next += 1 }
        }
        // bounded: a record is cut where it is too long.
        let length = UInt32(bytes.count - start - 4)
        withUnsafeBytes(of: length) { for (i, byte) in $0.enumerated() { bytes[start + i] = byte } }
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

/// What the first cell of a merged range holds, for the cells below it.
struct MergedText {
    let kind: SheetCell.Kind
    let bytes: [UInt8]
}
