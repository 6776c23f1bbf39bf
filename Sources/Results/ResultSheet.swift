/// A run of consecutive rows as UTF-8, ready to be interpreted on any thread.
package struct SheetChunk: Sendable {
    /// From 0, in the sheet's order.
    package let index: Int
    /// The sheet row of the first record.
    package let firstRow: Int
    package let rowCount: Int
    package let bytes: [UInt8]
}

/// A CSV sheet of results, read as a stream: memory does not grow with the file.
///
/// A value: a copy reads on from the same row independently.
package struct ResultSheet: Sendable {
    package static let defaultChunkRows = 8000

    package let layout: SheetLayout
    package let encoding: SheetEncoding
    /// About the file: its encoding, its columns, the rows above its header.
    package let findings: [Finding]

    private let chunkRows: Int
    private var records: RecordSource
    private var nextIndex = 0

    /// Opens the file, finds out its encoding and binds its header.
    ///
    /// - Parameter chunkRows: records per chunk, 1…10,000; what lies outside is brought within.
    package init(path: String, chunkRows: Int = defaultChunkRows) throws(SheetProblem) {
        let file = try FileBytes(path: path)
        try file.refuseOtherFormats()
        let detected = try DetectedEncoding(file: file)
        let (layout, records) = try HeaderSearch.bind(TextSource(file: file, detected: detected))
        self.layout = layout
        self.records = records
        self.chunkRows = min(max(1, chunkRows), 10_000)
        encoding = detected.encoding
        var findings: [Finding] = []
        if detected.markLength > 0 { findings.append(Finding(sheetRow: 1, rule: .byteOrderMark)) }
        if encoding == .gb18030 { findings.append(Finding(sheetRow: 1, rule: .readAsGB18030)) }
        self.findings = findings + layout.findings
    }

    /// The next `chunkRows` records, fewer at the end; nil after the end. Chunks are counted in
    /// records, so they are the same whatever the file's encoding.
    package mutating func nextChunk() throws(SheetProblem) -> SheetChunk? {
        let firstRow = records.recordCount + 1
        guard let (bytes, count) = try records.next(records: chunkRows) else { return nil }
        defer { nextIndex += 1 }
        return SheetChunk(index: nextIndex, firstRow: firstRow, rowCount: count, bytes: bytes)
    }
}
