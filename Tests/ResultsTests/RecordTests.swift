import Credential
import Errors
import Files
import Results
import TestSupport
import Testing

@Suite struct RecordTests {
    @Test("delimiters and line ends", arguments: [(",", "\n"), ("\t", "\r\n"), (";", "\r")])
    func separators(delimiter: String, lineEnd: String) throws {
        var sheet = SampleSheet()
        for number in 1...3 { sheet.append(number: number) }
        let plain = try readSheet(of: Array(sheet.text.utf8)).readings.map(\.result)
        sheet.lines = sheet.lines.map {
            $0.split(separator: ",", omittingEmptySubsequences: false).joined(separator: delimiter)
        }
        sheet.lineEnd = lineEnd
        #expect(try readSheet(of: Array(sheet.text.utf8)).readings.map(\.result) == plain)
    }

    @Test("quoted cells may hold marks, delimiters and line ends; rows count records")
    func quoting() throws {
        var sheet = SampleSheet()
        sheet.append([.remark: "\"甲,乙\n\"\"丙\"\"\""], number: 1)
        sheet.append([.remark: "5\" 管"], number: 2)
        sheet.append(number: 3)
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8))
        #expect(readings.map(\.sheetRow) == [2, 3, 4])
        #expect(readings.map(\.result?.remark) == ["甲,乙 \"丙\"", "5\" 管", ""])
    }

    @Test("quoting every cell changes nothing")
    func allQuoted() throws {
        var sheet = SampleSheet()
        for number in 1...5 { sheet.append([.name: number == 3 ? "买买提•吐尔逊" : "张晓丽"], number: number) }
        let plain = try readSheet(of: Array(sheet.text.utf8)).readings
        sheet.lines = sheet.lines.map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
        }
        let quoted = try readSheet(of: Array(sheet.text.utf8)).readings
        #expect(quoted.map(\.result) == plain.map(\.result) && quoted.map(\.findings) == plain.map(\.findings))
    }

    @Test("odd quoting reads as spreadsheet programs have it")
    func oddQuoting() throws {
        var sheet = SampleSheet()
        for (index, remark) in ["\"\"", "\"a\"b", "\"a\"\"\"", "a\"b\"", "\"\"\"\"", "\"a\rb\""].enumerated() {
            sheet.append([.remark: remark], number: index + 1)
        }
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8))
        #expect(readings.map(\.result?.remark) == ["", "ab", "a\"", "a\"b\"", "\"", "a b"])
    }

    @Test("the last row needs no line end")
    func noLastLineEnd() throws {
        var sheet = SampleSheet()
        sheet.append()
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8).dropLast())
        #expect(readings.count == 1 && readings[0].result != nil)
    }

    @Test("readings do not depend on where chunks are cut", arguments: [1, 2, 7, 64, 999])
    func chunkBoundaries(chunkRows: Int) throws {
        var random = SeededRandom(state: 7)
        var sheet = SampleSheet()
        for number in 1...300 {
            let remark = ["", "\"一\n二\"", "\"a\"\"b\"", "甲"].randomElement(using: &random) ?? ""
            sheet.append([.remark: remark], number: number)
        }
        sheet.lineEnd = "\r\n"
        let bytes = Array(sheet.text.utf8)
        let whole = try readSheet(of: bytes)
        let cut = try readSheet(of: bytes, chunkRows: chunkRows)
        #expect(cut.readings.map(\.result) == whole.readings.map(\.result))
        #expect(cut.readings.map(\.findings) == whole.readings.map(\.findings))
    }

    @Test("chunks are numbered, full and in order")
    func chunks() throws {
        var text = SampleSheet()
        for number in 1...25 { text.append(number: number) }
        let file = try TemporaryFile(Array(text.text.utf8))
        let sheet = try ResultSheet(path: file.path, chunkRows: 10)
        var reader = sheet.reader()
        var chunks: [SheetChunk] = []
        while let chunk = try reader.nextChunk() { chunks.append(chunk) }
        #expect(chunks.map(\.index) == [0, 1, 2])
        #expect(chunks.map(\.firstRow) == [2, 12, 22])
        #expect(chunks.map(\.rowCount) == [10, 10, 5])
        var again = sheet.reader()
        #expect(try again.nextChunk()?.bytes == chunks[0].bytes)
    }

    @Test("a mark left open is refused, naming its row")
    func unclosedQuote() throws {
        var sheet = SampleSheet()
        sheet.append(number: 1)
        sheet.append([.remark: "\"甲"], number: 2)
        sheet.append(number: 3)
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: Array(sheet.text.utf8)) }
        #expect(problem.code == .unclosedQuote && problem.row == 3)
    }

    @Test("a record over 1 MiB is refused")
    func longRecord() throws {
        var sheet = SampleSheet()
        sheet.append(number: 1)
        sheet.append([.remark: String(repeating: "长", count: 400_000)], number: 2)
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: Array(sheet.text.utf8)) }
        #expect(problem.code == .recordTooLong && problem.row == 3)
    }

    @Test("a cell over 32 KiB, too many cells and stray cells stay with their row")
    func oversizedRows() throws {
        var sheet = SampleSheet()
        sheet.append([.remark: String(repeating: "x", count: 40_000)], number: 1)
        sheet.append([.remark: String(repeating: ",", count: 300)], number: 2)
        sheet.append([.remark: "甲,乙"], number: 3)
        sheet.append([.remark: ",,"], number: 4)
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8))
        #expect(readings.map(\.bin) == [.rejected, .rejected, .quarantined, nil])
        #expect(readings.map(\.codes) == [["cell-too-long"], ["too-many-cells"], ["row-too-wide"], []])
    }

    @Test("malformed files never crash", arguments: 0..<200)
    func noise(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        var sheet = SampleSheet()
        for number in 1...20 { sheet.append(number: number) }
        var bytes = Array(sheet.text.utf8)
        let spice: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0xFF, 0xE5, 0x27, 0x3D, 0xEF, 0x00, 0x81]
        let start = Bool.random(using: &random) ? 200 : 0
        for _ in 0..<Int.random(in: 1...40, using: &random) {
            let index = Int.random(in: min(start, bytes.count - 1)..<bytes.count, using: &random)
            bytes[index] = spice.randomElement(using: &random) ?? 0
        }
        do {
            let (_, readings) = try readSheet(of: bytes, chunkRows: 3)
            #expect(readings.map(\.sheetRow) == Array(2..<(2 + readings.count)))
        } catch let problem as SheetProblem {
            #expect(!problem.text.line.isEmpty)
        }
    }
}
