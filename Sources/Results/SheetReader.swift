import Spreadsheets

/// Hands out a file's rows in chunks.
package struct SheetReader {
    private let chunkRows: Int
    private var nextIndex = 0
    /// Of a CSV file.
    private var records: RecordSource?
    /// Of a workbook, one worksheet after the other.
    private var workbook: WorkbookReading?
    private var worksheets: [BoundWorksheet] = []
    private var worksheet: WorksheetRecords?
    private var table = 0
    /// Of a file that another process reads.
    private var opener: (any SheetOpener)?
    private var elsewhere: (any ChunkSource)?
    private var overlay: SheetOverlay?
    private var layouts: [SheetLayout] = []

    func overlaid(with overlay: SheetOverlay?, _ layouts: [SheetLayout]) -> SheetReader {
        var reader = self
        (reader.overlay, reader.layouts) = (overlay, layouts)
        return reader
    }

    init(_ opener: any SheetOpener) {
        self.opener = opener
        chunkRows = 0
    }

    init(_ records: RecordSource, chunkRows: Int) {
        self.records = records
        self.chunkRows = chunkRows
    }

    init(_ workbook: WorkbookReading, _ worksheets: [BoundWorksheet], chunkRows: Int) {
        self.workbook = workbook
        self.worksheets = worksheets
        self.chunkRows = chunkRows
    }

    /// The next `chunkRows` records, fewer at the end of a table; nil after the last table. Chunks are counted
    /// in records, so they are the same whatever the file's encoding.
    package mutating func nextChunk() throws(SheetProblem) -> SheetChunk? {
        guard let chunk = try nextOfFile() else { return nil }
        return overlay?.applied(to: chunk, of: layouts[chunk.table]) ?? chunk
    }

    private mutating func nextOfFile() throws(SheetProblem) -> SheetChunk? {
        if let opener {
            let source = elsewhere ?? opener.open()
            elsewhere = source
            return try source.next()
        }
        if var source = records {
            // Moved, as two owners of its buffer would copy it.
            records = nil
            defer { records = source }
            let firstRow = source.recordCount + 1
            guard let (bytes, count) = try source.next(records: chunkRows) else { return nil }
            return chunk(firstRow: firstRow, rowCount: count, bytes: bytes)
        }
        while let workbook, table < worksheets.count {
            var rows = worksheet ?? WorksheetRecords(workbook, worksheets[table])
            let run = try rows.next(records: chunkRows)
            worksheet = rows
            if let run { return chunk(firstRow: run.firstRow, rowCount: run.count, bytes: run.bytes) }
            // What it holds is not kept until the last sheet is read.
            worksheet = nil
            table += 1
        }
        return nil
    }

    private mutating func chunk(firstRow: Int, rowCount: Int, bytes: [UInt8]) -> SheetChunk {
        defer { nextIndex += 1 }
        return SheetChunk(index: nextIndex, table: table, firstRow: firstRow, rowCount: rowCount, bytes: bytes)
    }
}
