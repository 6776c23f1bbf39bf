/// What staff changed in a sheet, laid over its records between reading and judging: the file stays as it was sent, every
/// rule runs again, and no row changes its number.
package struct SheetOverlay: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// New texts by column, from 0.
        package var cells: [Int: String] = [:]
        /// Whether it is passed over like a blank row.
        package var isLeftOut = false
    }

    /// By table, from 0, and row, as the spreadsheet program shows it.
    private var rows: [Int: [Int: Row]] = [:]

    package init() {}

    package var isEmpty: Bool { rows.isEmpty }

    package subscript(table: Int, row: Int) -> Row {
        get { rows[table]?[row] ?? Row() }
        set { rows[table, default: [:]][row] = newValue == Row() ? nil : newValue }
    }

    func applied(to chunk: SheetChunk, of layout: SheetLayout) -> SheetChunk {
        guard let rows = rows[chunk.table], !rows.isEmpty else { return chunk }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(chunk.bytes.count + 1024)
        var cutter = RecordCutter(form: layout.form)
        chunk.bytes.withUnsafeBytes { source in
            var (position, index) = (0, 0)
            while position < source.count {
                let end = cutter.cut(source, from: position)
                if let row = rows[cutter.row ?? chunk.firstRow + index] {
                    cutter.appendRecord(changedBy: row, to: &bytes)
                } else {
                    // bounded: a record ends behind its beginning, and within the chunk.
                    bytes.append(contentsOf: source[position..<end])
                }
                (position, index) = (end, index + 1)
            }
        }
        return SheetChunk(
            index: chunk.index, table: chunk.table, firstRow: chunk.firstRow, rowCount: chunk.rowCount, bytes: bytes)
    }
}

extension ResultSheet {
    /// The same file, read with these changes.
    package func overlaid(with overlay: SheetOverlay) -> ResultSheet {
        var sheet = self
        sheet.overlay = overlay.isEmpty ? nil : overlay
        return sheet
    }
}

extension RecordCutter {
    /// The record cut last in the same form, with its changes.
    fileprivate func appendRecord(changedBy row: SheetOverlay.Row, to bytes: inout [UInt8]) {
        // A record without cells keeps its number, and is passed over as blank.
        let count = row.isLeftOut ? 0 : max(cells.count, (row.cells.keys.max() ?? -1) + 1)
        switch form {
        case .typed:
            TypedRecord.append(
                cells: (0..<count).map { column in
                    if let text = row.cells[column] { return .text(text) }
                    return column < cells.count ? .kept(cells[column]) : .text("")
                }, row: self.row ?? 0, isHidden: isHidden, to: &bytes)
        case .delimited(let delimiter):
            for column in 0..<count {
                if column > 0 { bytes.append(delimiter) }
                let text = row.cells[column] ?? (column < cells.count ? cells[column].original : "")
                DelimitedCell.append(text, delimiter: delimiter, to: &bytes)
            }
            bytes.append(Byte.lineFeed)
        case .frozen:
            // What is frozen is changed by nobody; only files as they were sent are overlaid.
            preconditionFailure("a frozen sheet has no overlay")
        }
    }
}

/// A cell of delimited text (RFC 4180), with marks only where they are needed.
enum DelimitedCell {
    static func append(_ text: String, delimiter: UInt8, to bytes: inout [UInt8]) {
        let utf8 = text.utf8
        let isSpecial = utf8.contains {
            $0 == delimiter || $0 == Byte.quote || $0 == Byte.lineFeed || $0 == Byte.carriageReturn
        }
        guard isSpecial else { return bytes.append(contentsOf: utf8) }
        bytes.append(Byte.quote)
        for byte in utf8 {
            if byte == Byte.quote { bytes.append(Byte.quote) }
            bytes.append(byte)
        }
        bytes.append(Byte.quote)
    }
}
