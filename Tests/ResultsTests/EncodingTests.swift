import Results
import TestSupport
import Testing

@Suite struct EncodingTests {
    private func sheet(rows: Int = 5, name: String = "张晓丽") -> String {
        var sheet = SampleSheet()
        for number in 1...rows { sheet.append([.name: name], number: number) }
        return sheet.text
    }

    private func results(_ bytes: [UInt8], chunkRows: Int = 2000) throws -> [ExamResult?] {
        try readSheet(of: bytes, chunkRows: chunkRows).readings.map(\.result)
    }

    @Test("1 GB18030 without a mark reads like UTF-8", arguments: [1, 3, 2000])
    func gb18030Sheet(chunkRows: Int) throws {
        let text = sheet(rows: 3000)
        let (sheet, readings) = try readSheet(of: gb18030(text), chunkRows: chunkRows)
        #expect(sheet.encoding == .gb18030)
        #expect(sheet.findings.map(\.anomaly) == [1])
        #expect(try readings.map(\.result) == results(Array(text.utf8)))
    }

    @Test("2 a UTF-8 mark is stripped")
    func byteOrderMark() throws {
        let (sheet, readings) = try readSheet(of: [0xEF, 0xBB, 0xBF] + Array(sheet().utf8))
        #expect(sheet.findings.map(\.anomaly) == [2])
        #expect(readings.count == 5 && readings.allSatisfy { $0.findings.isEmpty && $0.result != nil })
    }

    @Test("2 a UTF-16 mark is honoured", arguments: [true, false])
    func utf16(isLittleEndian: Bool) throws {
        let text = sheet(rows: 2000, name: "𠮷䶮")
        let bytes = ("\u{FEFF}" + text).utf16.flatMap { unit in
            let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8))
            return isLittleEndian ? [low, high] : [high, low]
        }
        #expect(try results(bytes) == results(Array(text.utf8)))
    }

    @Test("2 UTF-16 that is cut off in a character is refused")
    func cutOffUTF16() throws {
        let bytes = ("\u{FEFF}" + sheet()).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: bytes.dropLast()) }
        #expect(problem.code == .undecodable)
    }

    @Test("3 characters outside GBK are kept", arguments: ["李䶮", "王㛃", "刘𬱖", "𠮷丽"])
    func rareCharacters(name: String) throws {
        let text = sheet(name: name)
        for bytes in [Array(text.utf8), try gb18030(text)] {
            let (_, readings) = try readSheet(of: bytes)
            #expect(readings.allSatisfy { $0.result?.name == name && $0.findings.isEmpty })
        }
    }

    @Test("1 what is neither UTF-8 nor GB18030 is refused, naming the row")
    func undecodable() throws {
        var bytes = try gb18030(sheet(rows: 9))
        let lastRow = try #require(bytes.dropLast().lastIndex(of: 0x0A))
        bytes.insert(contentsOf: [0xFF, 0xFF], at: lastRow + 3)
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: bytes, chunkRows: 2) }
        #expect(problem.code == .undecodable)
        #expect(problem.row == 10)
    }

    @Test("1 damaged UTF-8 is not taken for GB18030")
    func damagedUTF8() throws {
        var bytes = Array(sheet(rows: 9).utf8)
        let lastRow = try #require(bytes.dropLast().lastIndex(of: 0x0A))
        bytes.remove(at: lastRow + 4)
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: bytes) }
        #expect(problem.code == .undecodable)
        #expect(problem.row == 10)
    }

    @Test("whatever becomes of two bytes, UTF-8 is taken for damaged exactly when it is")
    func randomDamage() throws {
        var random = SeededGenerator(seed: 20_261_126)
        let text = Array(sheet(rows: 4, name: "张𠮷·é").utf8)
        let firstRow = try #require(text.firstIndex(of: 0x0A)) + 1
        // Where the rules of Unicode's table 3-7 change, and any other byte that is no ASCII.
        let edges: [UInt8] = [0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5]
        var refused = 0
        for _ in 0..<600 {
            var bytes = text
            let place = Int.random(in: firstRow..<(bytes.count - 1), using: &random)
            for index in place...(place + 1) where bytes[index] >= 0x80 {
                bytes[index] =
                    Bool.random(using: &random)
                    ? edges.randomElement(using: &random)! : .random(in: 0x80...0xFF, using: &random)
            }
            let isSound = String(validating: bytes, as: UTF8.self) != nil
            do {
                _ = try readSheet(of: [0xEF, 0xBB, 0xBF] + bytes)
                #expect(isSound)
            } catch let problem as SheetProblem {
                #expect(problem.code == .undecodable && !isSound)
                refused += 1
            }
        }
        #expect((50...550).contains(refused))
    }

    @Test(
        "57 what is no text is refused",
        arguments: [
            ([0x50, 0x4B, 3, 4], .damagedWorkbook), (Array("<html><table>".utf8), .notText),
            ([0x61, 0, 0x2C], .notText),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .oldWorkbook),
            ([0xD0, 0xCF, 0x11, 0xE0] + Array("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0".utf8), .encrypted),
        ] as [([UInt8], SheetProblem.Code)])
    func otherFormats(start: [UInt8], code: SheetProblem.Code) throws {
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: start) }
        #expect(problem.code == code)
    }

    @Test("a missing file, a directory and an empty file are refused")
    func unreadable() throws {
        for path in ["/tmp/no-such-file.csv", "/tmp"] {
            let problem = try #require(throws: SheetProblem.self) { _ = try ResultSheet(path: path) }
            #expect(problem.code == .cannotOpen)
        }
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: []) }
        #expect(problem.code == .empty)
    }
}
