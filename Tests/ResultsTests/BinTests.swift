import Credential
import Errors
import Files
import Results
import TestSupport
import Testing

@Suite struct BinTests {
    @Test("every row of a random sheet ends in one bin", arguments: 0..<20)
    func conservation(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let odd: [[Field: String]] = [
            [:], [.theory: "缺考"], [.remark: "违纪"], [.skill: "缓考"], [.documentNumber: "1"], [.level: "?"],
            [.examDate: "2030-01-01"],
            [.name: ""], [.theory: "１０"], [.documentNumber: "3.7E+17"],
            Dictionary(uniqueKeysWithValues: SampleSheet.header.map { ($0, "") }),
        ]
        var sheet = SampleSheet()
        let rows = Int.random(in: 1...200, using: &random)
        for number in 1...rows { sheet.append(odd.randomElement(using: &random) ?? [:], number: number) }
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8), chunkRows: 33)
        var counts = BinCounts()
        var open = 0
        for reading in readings {
            if let bin = reading.bin { counts.add(bin) } else { open += 1 }
        }
        try counts.check(rows: rows - open)
        #expect(counts[.issued] == 0 && counts[.failed] == 0 && counts[.merged] == 0)
        for reading in readings {
            let severities = Set(reading.findings.map(\.severity))
            #expect(!severities.contains(.reject) || reading.bin == .rejected)
            #expect(reading.result == nil || severities.isDisjoint(with: [.ask, .reject]))
        }
    }

    @Test("odd cells never crash, whatever the column", arguments: 0..<40)
    func oddCells(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let alphabet = Array("0129EXx.+-/ '=\u{A0}\u{200B}\u{3000}０．Ａ年月日三级高工技师张•·（）()?LS分↓缺考合计\u{301}𠮷é")
        var sheet = SampleSheet()
        for number in 1...100 {
            var cells: [Field: String] = [:]
            for field in SampleSheet.header where Int.random(in: 0..<4, using: &random) == 0 {
                let length = Int.random(in: 0...20, using: &random)
                cells[field] = String((0..<length).compactMap { _ in alphabet.randomElement(using: &random) })
            }
            sheet.append(cells, number: number)
        }
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8))
        #expect(readings.count == 100)
    }

    @Test("many tasks may read at once")
    func concurrency() async throws {
        var sheet = SampleSheet()
        for number in 1...500 { sheet.append([.theory: number.isMultiple(of: 7) ? "缺考" : "70"], number: number) }
        let file = try TemporaryFile(Array(sheet.text.utf8))
        let source = try ResultSheet(path: file.path, chunkRows: 50)
        var reader = source.reader()
        let interpreter = RowInterpreter(source, today: SampleSheet.today)
        var chunks: [SheetChunk] = []
        while let chunk = try reader.nextChunk() { chunks.append(chunk) }
        let results = await withTaskGroup(of: (Int, [ExamResult?]).self) { group in
            for chunk in chunks { group.addTask { (chunk.index, interpreter.interpret(chunk).map(\.result)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for chunk in chunks { #expect(results[chunk.index] == interpreter.interpret(chunk).map(\.result)) }
    }

    @Test("counts are checked and printed in one line")
    func counts() throws {
        var counts = BinCounts()
        counts.add(.issued, rows: 3)
        counts.add(.failed)
        counts.move(from: .issued, to: .quarantined)
        try counts.check(rows: 4)
        #expect(
            counts.description == "rows 4 = issued 2 + failed 1 + absent 0 + pending 0 + void 0 + quarantined 1 "
                + "+ rejected 0 + merged 0 + skipped 0")
        #expect(throws: BinProblem.self) { try counts.check(rows: 5) }
        counts.move(from: .void, to: .failed)
        #expect(throws: BinProblem.self) { try counts.check(rows: 4) }
    }

    @Test("rules have distinct codes, and sentences in both languages")
    func rules() {
        #expect(Set(Rule.reading.map(\.code)).count == Rule.reading.count)
        for rule in Rule.reading {
            #expect(rule.code.allSatisfy { $0 == "-" || $0.isASCII && ($0.isLowercase || $0.isNumber) })
            #expect(rule.text.zh.hasSuffix("。") && rule.text.en.hasSuffix("."))
            #expect(rule.anomaly.map { (1...59).contains($0) } ?? true)
        }
    }
}
