/// What speaks against a file that is no UTF-8 being GB18030: lines of it that are UTF-8, or the byte pairs of Big5.
struct LegacyEvidence {
    /// Chinese characters in a line of UTF-8. One by chance is seldom, two in a line that is UTF-8 throughout never seen.
    private static let enoughCharacters = 2
    /// Pairs whose second byte is ASCII are few in GB18030 and two in five in Big5.
    private static let enoughPairs = 4
    private static let pairsInOfBig5 = 5

    private var row = 1
    private var line: [UInt8] = []
    private var firstUTF8Row: Int?
    private var (pairs, asciiPairs) = (0, 0)
    private var firstPairRow: Int?

    init(file: FileBytes) throws(SheetProblem) {
        var offset = 0
        while true {
            let block = try file.read(at: offset, count: TextSource.blockSize)
            if block.isEmpty { break }
            offset += block.count
            for part in block.split(separator: Byte.lineFeed, omittingEmptySubsequences: false).enumerated() {
                if part.offset > 0 { endLine() }
                if line.count < RecordSource.maximumRecordLength { line += part.element }
            }
        }
        endLine()
    }

    func refuse() throws(SheetProblem) {
        if let row = firstUTF8Row { throw .mixedEncodings(row: row) }
        if asciiPairs >= Self.enoughPairs, asciiPairs * Self.pairsInOfBig5 >= pairs, let row = firstPairRow {
            throw .big5(row: row)
        }
    }

    private mutating func endLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            row += 1
        }
        guard line.contains(where: { $0 >= 0x80 }) else { return }
        if firstUTF8Row == nil, isUTF8 { firstUTF8Row = row }
        countPairs()
    }

    private var isUTF8: Bool {
        var validator = UTF8Validator()
        guard validator.firstError(in: line) == nil, validator.errorAtEnd == nil else { return false }
        // E4 to E9 begin the unified ideographs.
        return line.count { (0xE4...0xE9).contains($0) } >= Self.enoughCharacters
    }

    private mutating func countPairs() {
        var i = 0
        while i < line.count {
            guard line[i] >= 0x81, i + 1 < line.count else {
                i += 1
                continue
            }
            // Four bytes of GB18030 have a digit second.
            if (Byte.zero...Byte.nine).contains(line[i + 1]) {
                i += 4
                continue
            }
            pairs += 1
            if line[i] >= 0xA4, (0x40...0x7E).contains(line[i + 1]) {
                asciiPairs += 1
                firstPairRow = firstPairRow ?? row
            }
            i += 2
        }
    }
}

extension SheetProblem {
    fileprivate static func mixedEncodings(row: Int) -> SheetProblem {
        SheetProblem(
            .undecodable, row: row,
            zh: "文件混用了两种编码：第 \(row) 行是 UTF-8，其他行不是；请在表格软件中合并后另存为 .xlsx 或“CSV UTF-8”。",
            en:
                "The file mixes two encodings: row \(row) is UTF-8 and other rows are not; put the rows together in a "
                + "spreadsheet program and save them as .xlsx or \"CSV UTF-8\".")
    }

    fileprivate static func big5(row: Int) -> SheetProblem {
        SheetProblem(
            .undecodable, row: row,
            zh: "第 \(row) 行起像是 Big5（繁体）编码，不是 UTF-8 或 GB18030；请另存为 .xlsx 或“CSV UTF-8”。",
            en:
                "From row \(row) on the text looks like Big5 and is neither UTF-8 nor GB18030; save the sheet as .xlsx "
                + "or \"CSV UTF-8\".")
    }
}
