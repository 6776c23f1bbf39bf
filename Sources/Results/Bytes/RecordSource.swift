/// Cuts a text into whole records. A value: a copy reads on independently.
struct RecordSource {
    static let maximumRecordLength = 1 << 20
    /// What a run of records may take in memory, whatever its number of rows.
    static let maximumRunLength = 64 << 20

    private var text: TextSource
    private let scanner: RecordScanner
    private var buffer: [UInt8] = []
    /// Where in the buffer the records not yet handed out begin.
    private var start = 0
    private var isAtEnd = false
    /// Records handed out so far.
    private(set) var recordCount = 0

    init(text: TextSource, delimiter: UInt8) {
        self.text = text
        scanner = RecordScanner(delimiter: delimiter)
    }

    /// The bytes of the next `count` records, fewer at the end of the text; nil after the end.
    mutating func next(records count: Int) throws(SheetProblem) -> (bytes: [UInt8], count: Int)? {
        var found = 0
        var end = start
        while found < count {
            let outcome = buffer.withUnsafeBytes {
                Self.scan($0, with: scanner, isLast: isAtEnd, limit: count, found: &found, end: &end)
            }
            let row = recordCount + found + 1
            if outcome == .unclosedQuote { throw .unclosedQuote(row: row) }
            guard outcome != .tooLong, end - start <= Self.maximumRunLength else { throw .recordTooLong(row: row) }
            if found == count || isAtEnd { break }
            buffer.removeSubrange(..<start)
            end -= start
            start = 0
            try refill(row: row)
        }
        guard found > 0 else { return nil }
        recordCount += found
        defer { start = end }
        // bounded: the scan goes forward, and ends with the buffer.
        return (Array(buffer[start..<end]), found)
    }

    /// Advances `end` over whole records until `found` reaches `limit`.
    private static func scan(
        _ bytes: UnsafeRawBufferPointer, with scanner: RecordScanner, isLast: Bool, limit: Int, found: inout Int,
        end: inout Int
    ) -> RecordScanner.Outcome {
        while found < limit {
            let outcome = scanner.endOfRecord(in: bytes, from: end, isLast: isLast)
            guard case .end(let next) = outcome else {
                return outcome == .incomplete && bytes.count - end > maximumRecordLength ? .tooLong : outcome
            }
            guard next - end <= maximumRecordLength else { return .tooLong }
            found += 1
            end = next
        }
        return .end(end)
    }

    private mutating func refill(row: Int) throws(SheetProblem) {
        switch try text.next() {
        case .text(let bytes): buffer.append(contentsOf: bytes)
        case .end: isAtEnd = true
        case .undecodable(let offset): throw .undecodable(offset: offset, row: row)
        }
    }
}

extension SheetProblem {
    fileprivate static func unclosedQuote(row: Int) -> SheetProblem {
        SheetProblem(
            .unclosedQuote, row: row, zh: "第 \(row) 行有一个引号没有结束，文件可能被截断，请重新导出。",
            en: "Row \(row) opens a quotation mark that is never closed; the file may be cut off: export it again."
        )
    }

    fileprivate static func recordTooLong(row: Int) -> SheetProblem {
        SheetProblem(
            .recordTooLong, row: row, zh: "第 \(row) 行附近的内容过长，可能有引号没有结束，请检查该行。",
            en: "The text around row \(row) is too long for a row; look there for a quotation mark left open.")
    }

    fileprivate static func undecodable(offset: Int, row: Int) -> SheetProblem {
        SheetProblem(
            .undecodable, row: row,
            zh: "第 \(row) 行（文件第 \(offset + 1) 个字节）既不是 UTF-8 也不是 GB18030 文字，请另存为“CSV UTF-8”后重试。",
            en: "Row \(row) (byte \(offset + 1) of the file) is neither UTF-8 nor GB18030 text; "
                + "save the sheet as \"CSV UTF-8\" and try again.")
    }
}
