import Spreadsheets

/// How a list of certificates in UTF-8 is laid out, by its first lines: for lists of any length, read part by part as
/// ``ListTable`` reads smaller ones.
package struct ListLayout: Sendable {
    package let delimiter: UInt8
    package let columns: ListColumns
    /// Of the header.
    package let headerRow: Int

    /// Nil when the first rows have no header by which rows can be checked.
    ///
    /// - Parameter head: the text's first lines.
    package init?(head: [UInt8]) {
        for delimiter in [Byte.comma, Byte.tab, Byte.semicolon] {
            var found: (row: Int, columns: ListColumns)?
            Self.forEachRecord(in: head, delimiter) { row, cells in
                guard found == nil, row <= ListTable.headRows * 2 else { return }
                let columns = ListColumns(header: cells.texts)
                if columns.suffice { found = (row, columns) }
            }
            guard let found else { continue }
            (self.delimiter, columns, headerRow) = (delimiter, found.columns, found.row)
            return
        }
        return nil
    }

    /// The titles of the first row, for saying what was found instead.
    package static func titles(head: [UInt8]) -> [String] {
        var best: [String] = []
        for delimiter in [Byte.comma, Byte.tab, Byte.semicolon] {
            var first: [String]?
            forEachRecord(in: head, delimiter) { _, cells in
                if first == nil, !cells.isBlank { first = cells.texts }
            }
            if let first, first.count > best.count { best = first }
        }
        return best
    }

    /// One record's cells.
    package struct Cells {
        fileprivate let cells: [RawCell]

        /// Empty for no column, and for one that the record has not.
        package subscript(column: Int?) -> String {
            guard let column, cells.indices.contains(column) else { return "" }
            return cells[column].string
        }

        package var isBlank: Bool { cells.allSatisfy { $0.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } } }
        /// Whether it says how many other rows there are.
        package var isTotal: Bool {
            // Rows that ask about a certificate have its number or its code, so that nothing of them is copied here.
            !cells.contains { $0.bytes.count > 64 } && ListTotals.isTotal(texts)
        }

        fileprivate var texts: [String] { cells.map(\.string) }
    }

    /// - Parameter body: is given each record's place, from 1, and its cells.
    package func forEachRecord(
        in bytes: UnsafeRawBufferPointer, _ body: (Int, Cells) throws -> Void
    ) rethrows {
        try Self.forEachRecord(in: bytes, delimiter, body)
    }

    private static func forEachRecord(in head: [UInt8], _ delimiter: UInt8, _ body: (Int, Cells) -> Void) {
        head.withUnsafeBytes { forEachRecord(in: $0, delimiter, body) }
    }

    private static func forEachRecord(
        in bytes: UnsafeRawBufferPointer, _ delimiter: UInt8, _ body: (Int, Cells) throws -> Void
    ) rethrows {
        var splitter = CellSplitter(delimiter: delimiter)
        var (row, start) = (1, 0)
        while start < bytes.count {
            start = splitter.split(bytes, from: start)
            try body(row, Cells(cells: splitter.cells))
            row += 1
        }
    }
}
