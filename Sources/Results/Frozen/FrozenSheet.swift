import Errors

/// What was judged of a sheet, as one file of one spelling: CSV in UTF-8 with a fixed header, LF behind each record, marks
/// only where they are needed, rows in the sheet's order. docs/formats/frozen-sheet.md specifies it. Whatever could not
/// go on is not in it.
package struct FrozenSheet: Sendable {
    package static let maximumSize = 64 << 20
    private static let chunkRows = 8000

    package let bytes: [UInt8]
    package let rowCount: Int
    /// By row.
    package let answers: [Int: FrozenRow.Answer]
    /// To be judged like any other, from memory.
    package let sheet: ResultSheet

    /// - Parameter rows: in the sheet's order.
    package init(_ rows: [FrozenRow]) throws(Refusal) { try self.init(rows, Self.bytes(of: rows)) }

    /// - Throws: for anything but a file as this type writes it, to the byte.
    package init(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= Self.maximumSize, let rows = Self.rows(of: bytes), Self.bytes(of: rows) == bytes else {
            throw Self.notFrozen
        }
        try self.init(rows, bytes)
    }

    private init(_ rows: [FrozenRow], _ bytes: [UInt8]) throws(Refusal) {
        guard Self.areInOrder(rows) else { throw Self.notFrozen }
        self.bytes = bytes
        rowCount = rows.count
        answers = Dictionary(uniqueKeysWithValues: rows.compactMap { row in row.answer.map { (row.sheetRow, $0) } })
        var (tables, chunks): ([SheetLayout], [SheetChunk]) = ([], [])
        var start = rows.startIndex
        while start < rows.endIndex {
            let (name, base) = (rows[start].table, rows[start].rowBase)
            if tables.last?.rowBase != base { tables.append(SheetLayout(frozen: name, rowBase: base)) }
            // bounded: the run ends behind its first row, and within the rows.
            let run = rows[start...].prefix(Self.chunkRows).prefix { $0.rowBase == base }
            chunks.append(
                SheetChunk(
                    index: chunks.count, table: tables.count - 1, firstRow: rows[start].sheetRow - base,
                    rowCount: run.count, bytes: Self.records(of: run)))
            start = run.endIndex
        }
        if tables.isEmpty { tables = [SheetLayout(frozen: nil, rowBase: 0)] }
        sheet = ResultSheet(
            SheetOutline(tables: tables, encoding: .utf8, findings: [], declarations: []),
            rows: ChunksInMemory(chunks: chunks))
    }

    /// Rows ascend, and each table stands by itself.
    private static func areInOrder(_ rows: [FrozenRow]) -> Bool {
        zip(rows, rows.dropFirst()).allSatisfy { a, b in
            a.sheetRow < b.sheetRow
                && (a.rowBase == b.rowBase ? a.table == b.table : a.rowBase < b.rowBase && a.sheetRow <= b.rowBase)
        }
    }

    static func readings(of chunk: SheetChunk) -> [RowReading] {
        // Chunks of this form are made of rows that were read, and are never another process's.
        rows(in: chunk.bytes)!.map(\.reading)
    }

    private static func rows(of bytes: [UInt8]) -> [FrozenRow]? {
        let header = records(of: [FrozenRow.header])
        return bytes.starts(with: header) ? rows(in: Array(bytes.dropFirst(header.count))) : nil
    }

    private static func rows(in bytes: [UInt8]) -> [FrozenRow]? {
        var splitter = CellSplitter(delimiter: Byte.comma)
        return bytes.withUnsafeBytes { source in
            var (rows, position): ([FrozenRow], Int) = ([], 0)
            while position < source.count {
                position = splitter.split(source, from: position)
                guard let row = FrozenRow(splitter.cells.map(\.original)) else { return nil }
                rows.append(row)
            }
            return rows
        }
    }

    private static func bytes(of rows: [FrozenRow]) -> [UInt8] {
        records(of: [FrozenRow.header]) + records(of: rows[...])
    }

    private static func records(of rows: ArraySlice<FrozenRow>) -> [UInt8] { records(of: rows.lazy.map(\.cells)) }

    private static func records(of records: some Sequence<[String]>) -> [UInt8] {
        var bytes: [UInt8] = []
        for cells in records {
            for (index, cell) in cells.enumerated() {
                if index > 0 { bytes.append(Byte.comma) }
                DelimitedCell.append(cell, delimiter: Byte.comma, to: &bytes)
            }
            bytes.append(Byte.lineFeed)
        }
        return bytes
    }

    private static var notFrozen: Refusal {
        Refusal(
            .damaged, zh: "报送的固定文件不符合格式，可能已被改动；什么都没有签发",
            en:
                "the frozen file of a submission is not in the form of the format; it may have been changed, and nothing "
                + "is signed")
    }
}

/// Hands over what is there already.
private struct ChunksInMemory: SheetOpener {
    let chunks: [SheetChunk]

    func open() -> any ChunkSource { Reading(chunks) }

    private final class Reading: ChunkSource {
        private var left: ArraySlice<SheetChunk>

        init(_ chunks: [SheetChunk]) { left = chunks[...] }

        func next() throws(SheetProblem) -> SheetChunk? { left.popFirst() }
    }
}
