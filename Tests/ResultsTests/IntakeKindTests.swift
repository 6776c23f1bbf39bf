import Credential
import Errors
import Results
import TestSupport
import Testing

/// Kinds of faults that sheets of offices have; each with what is like it and right.
@Suite("Cells that decide without being seen")
struct UnseenTests {
    private func sheet(_ lines: [String]) throws -> [RowReading] {
        try readSheet(of: Array((lines.joined(separator: "\n") + "\n").utf8)).readings
    }

    @Test("a quotation mark that swallows rows is asked about, wherever it opens", arguments: [0, 3, 6, 11, 18])
    func quotes(column: Int) throws {
        var sample = SampleSheet()
        for number in 1...4 { sample.append([.remark: "无"], number: number) }
        var lines = sample.lines
        var cells = lines[2].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells[column] = "\"" + cells[column]
        lines[2] = cells.joined(separator: ",")
        lines[3] += "\""
        let readings = try sheet(lines)
        #expect(readings.map(\.bin) == [nil, .quarantined, nil])
        #expect(readings[1].codes == ["rows-in-quotes"])
    }

    @Test("a remark over lines is no such thing: the control", arguments: ["一\n二\n三", "甲,乙\n丙,丁", "见附件：\n\n1,2\n3"])
    func remark(text: String) throws {
        var sample = SampleSheet()
        sample.append([.remark: "\"\(text)\""])
        #expect(try sheet(sample.lines)[0].result != nil)
    }

    private static func letter(_ field: Field) throws -> String {
        SheetColumn(index: try #require(SampleSheet.header.firstIndex(of: field)), header: "").letter
    }

    private func merged(_ range: String, _ hidden: [Int: [Field: WorkbookSheet.Value]]) throws -> [RowReading] {
        var sheet = WorkbookSheet()
        for number in 1...4 { sheet.append(hidden[number + 1] ?? [:], number: number) }
        sheet.finish(tail: "<mergeCells><mergeCell ref=\"\(range)\"/></mergeCells>")
        return try readSheet(of: sheet.book.bytes).readings
    }

    @Test("what stands beneath merged cells is asked about, down, across, in blocks and below a header")
    func beneath() throws {
        let (level, theory, skill) = (try Self.letter(.level), try Self.letter(.theory), try Self.letter(.skill))
        let down = try merged("\(level)2:\(level)4", [3: [.level: .text("二级/技师")]])
        #expect(down.map(\.bin) == [nil, .quarantined, nil, nil] && down[1].codes.contains("merged-over"))
        let across = try merged("\(theory)2:\(skill)2", [:])
        #expect(across.map(\.bin) == [.quarantined, nil, nil, nil] && across[0].codes.contains("merged-over"))
        let block = try merged("\(theory)3:\(skill)4", [:])
        #expect(block.map(\.bin) == [nil, .quarantined, .quarantined, nil])
        let blank = try merged("\(level)2:\(level)4", [2: [.level: .nothing]])
        #expect(blank.map(\.bin) == [.quarantined, .quarantined, .quarantined, nil])
        let header = try merged("\(level)1:\(level)2", [:])
        #expect(header.map(\.bin) == [.quarantined, nil, nil, nil])
        let same = try merged("\(level)2:\(level)4", [:])
        #expect(same.map(\.bin) == [nil, nil, nil, nil])
    }
}

@Suite("Headers within rows")
struct InnerHeaderTests {
    private func codes(_ second: [String]) throws -> [[String]] {
        var sheet = WorkbookSheet()
        sheet.append(number: 1)
        sheet.append(cells: second.map { .text($0) })
        sheet.append(number: 2)
        sheet.finish()
        return try readSheet(of: sheet.book.bytes).readings.map(\.codes)
    }

    private static let headers = SampleSheet.header.map(\.header)

    @Test("the same header, in other words or in English, is passed over")
    func same() throws {
        for index in 0..<3 {
            let words = SampleSheet.header.map { $0.aliases[min(index, $0.aliases.count - 1)] }
            #expect(try codes(words)[1] == ["repeated-header"])
        }
        let english = SampleSheet.header.map { field in field.aliases.first { $0.utf8.allSatisfy { $0 < 0x80 } } ?? "" }
        #expect(try codes(english)[1] == ["repeated-header"])
    }

    @Test("one whose columns stand elsewhere, or are others, refuses the file")
    func other() throws {
        var swapped = Self.headers
        swapped.swapAt(13, 14)
        var more = Self.headers
        more.insert("照片", at: 4)
        var replaced = Self.headers
        replaced[13] = "平时成绩"
        for headers in [swapped, more, replaced] { #expect(try codes(headers)[1] == ["header-changes"]) }
    }

    @Test("headers in two languages bind", arguments: ["\n", " ", "/", " / ", " (", "\r\n"])
    func twoLanguages(separator: String) throws {
        let headers = SampleSheet.header.map { field -> String in
            guard let english = field.aliases.first(where: { $0.utf8.allSatisfy { $0 < 0x80 } }) else {
                return field.header
            }
            return field.header + separator + english + (separator == " (" ? ")" : "")
        }
        var sheet = WorkbookSheet.empty
        sheet.appendHeader(headers)
        sheet.append(number: 1)
        sheet.finish()
        let (file, readings) = try readSheet(of: sheet.book.bytes)
        #expect(readings[0].result != nil && file.findings.isEmpty, "\(file.findings.map(\.column?.header))")
    }

    @Test("a sheet without a header shows the row that is most like one, and none that may hold names")
    func nearest() throws {
        let like = try #require(throws: SheetProblem.self) { _ = try readSheet(of: Array("甲,姓名,乙\n1,2,3\n".utf8)) }
        #expect(like.code == .noHeader && like.text.line.contains("甲 | 姓名 | 乙"))
        let unlike = try #require(throws: SheetProblem.self) { _ = try readSheet(of: Array("张三,男\n李四,女\n".utf8)) }
        #expect(unlike.code == .noHeader && !unlike.text.line.contains("张三"))
    }
}

@Suite("Words for nothing, and dates that programs made")
struct NothingTests {
    @Test(
        "a program's word for nothing is asked about wherever it would be printed",
        arguments: ["NULL", "None", "nan", "N/A", "#N/A", "undefined", "#REF!", "0", "待定", "n/a"])
    func words(word: String) throws {
        for field in [Field.name, .specialisation, .major, .occupationName] {
            let reading = try readRow([field: word])
            #expect(reading.bin == .quarantined && reading.codes.contains("nothing-word"), "\(field)")
        }
    }

    @Test("no specialisation, however it is written, and names like such words are right: the controls")
    func controls() throws {
        for word in ["", "无", "--", "/", "—"] {
            #expect(try readRow([.specialisation: word]).result?.specialisation == nil)
        }
        for word in ["", "无", "--"] { #expect(try readRow([.specialisation: word]).result != nil) }
        for name in ["Null Marta", "Nanette", "Noneka Li"] {
            #expect(try readRow([.name: name, .documentKind: "护照", .documentNumber: "E12345678"]).result != nil)
        }
        #expect(try readRow([.name: "吴明"]).result != nil)
    }

    @Test("a Latin name on a resident identity card is asked about")
    func latin() throws {
        #expect(try readRow([.name: "Zhang San"]).codes == ["name-not-chinese"])
    }

    @Test(
        "dates that a program made are asked about",
        arguments: [
            "2026-06-20 23:59:17", "2026/6/20 23:54:17", "2026-06-20T15:59:17", "1900-01-00", "1900-01-01",
            "1904-01-01",
            "1970-01-01", "2026年6月", "2026-06", "2026.6", "2026-06-20T16:00:00.000Z", "1899-12-30", "0",
        ])
    func dates(text: String) throws {
        #expect(try readRow([.examDate: text]).bin == .quarantined)
    }

    @Test(
        "a time of the exam's day is not: the control",
        arguments: ["2026-06-20 09:00:00", "2026-06-20 00:00:43", "2026-06-20 14:30"])
    func times(text: String) throws {
        #expect(try readRow([.examDate: text]).result?.examDate == SampleSheet.day("2026-06-20"))
    }

    @Test("a format without a day, the day before the first, and a fraction short of midnight")
    func serials() throws {
        for code in ["yyyy&quot;年&quot;m&quot;月&quot;", "mmm-yy", "yyyy-mm"] {
            var sheet = WorkbookSheet()
            sheet.book.formats = [code]
            sheet.append([.examDate: .date("46193")])
            sheet.finish()
            #expect(try readSheet(of: sheet.book.bytes).readings[0].codes == ["date-without-day"])
        }
        #expect(try readRow([.examDate: .date("0")]).bin == .quarantined)
        #expect(try readRow([.examDate: .date("1")]).bin == .quarantined)
        #expect(try readRow([.examDate: .date("46193.99950231")]).codes == ["date-made-up"])
        #expect(try readRow([.examDate: .date("46192.9999999999")]).result?.examDate == SampleSheet.day("2026-06-20"))
    }

    @Test("days that lie 1462 from the others' are asked about, and others are not")
    func shifted() throws {
        var sheet = SampleSheet()
        for number in 1...5 { sheet.append(number: number) }
        sheet.append([.examDate: "2022-06-19"], number: 6)
        sheet.append([.examDate: "2022-06-20"], number: 7)
        let readings = try readSheet(of: Array(sheet.text.utf8)).readings
        #expect(readings.map(\.bin) == [nil, nil, nil, nil, nil, .quarantined, nil])
    }
}

@Suite("Lost digits, remarks and numbers with a point")
struct LostTests {
    private func ids(_ lost: Int, of count: Int) throws -> [RowReading] {
        var sheet = SampleSheet()
        for number in 1...count {
            let whole = SampleSheet.identityNumber(number * 2)
            sheet.append(number <= lost ? [.documentNumber: whole.prefix(15) + "000", .sex: ""] : [:], number: number)
        }
        return try readSheet(of: Array(sheet.text.utf8)).readings
    }

    @Test(
        "numbers that end in 000 are refused together, be it all or some",
        arguments: [(40, 40), (10, 40), (3, 5), (2, 2)])
    func lost(lost: Int, count: Int) throws {
        let readings = try ids(lost, of: count)
        #expect(readings.count { $0.bin == .rejected && $0.codes.contains("id-digits-lost") } == lost)
        #expect(readings.count { $0.result != nil } == count - lost)
    }

    @Test("one sound number among others may end so: the control")
    func one() throws {
        let sound = try #require((0..<1000).map { SampleSheet.identityNumber($0) }.first { $0.hasSuffix("000") })
        var sheet = SampleSheet()
        for number in 1...30 { sheet.append(number == 7 ? [.documentNumber: sound, .sex: ""] : [:], number: number) }
        #expect(try readSheet(of: Array(sheet.text.utf8)).readings.allSatisfy { $0.result != nil })
    }

    @Test(
        "remarks that may say that a result does not count",
        arguments: [
            "成绩已取消", "替他人考试", "冒名顶替", "成绩无效", "作弊嫌疑已排除", "由他人代考", "本次不予认定", "疑似违纪，待查", "result annulled",
            "理论无违纪，实操违规夹带",
        ])
    func doubtful(remark: String) throws {
        #expect(try readRow([.remark: remark]).codes == ["remark-unclear"])
    }

    @Test(
        "harmless remarks, and those that are plain marks: the controls",
        arguments: [
            ("无违纪", nil), ("退役军人", nil), ("无作弊、违纪", nil), ("手机 13800000000", nil), ("加10分", nil), ("未发现作弊", nil),
            ("见附件", nil),
            ("违纪，成绩作废", .void), ("理论考试作弊", .void), ("作弊", .void),
        ] as [(String, Bin?)])
    func plain(remark: String, bin: Bin?) throws {
        #expect(try readRow([.remark: remark]).bin == bin)
    }

    @Test("whole numbers with a point: level, student number, scores")
    func pointZero() throws {
        let cells: [Field: WorkbookSheet.Value] = [
            .level: .number("3.0"), .studentNumber: .number("2023358001.0"), .theory: .number("85.0"),
            .skill: .number("85.50"),
        ]
        let result = try #require(try readRow(cells).result)
        #expect(result.level == .seniorWorker && result.studentNumber == "2023358001")
        #expect(result.theory == Score(hundredths: 8500) && result.skill == Score(hundredths: 8550))
        let text = try #require(try readRow([.level: "3.0", .studentNumber: "2023358001.0"] as [Field: String]).result)
        #expect(text.level == .seniorWorker && text.studentNumber == "2023358001")
    }

    @Test("a malformed code without a name is one question", arguments: ["6.31.03.01", "6-31-3-1", "2006-31-03", "二号"])
    func malformedCode(code: String) throws {
        #expect(try readRow([.occupationName: "", .occupationCode: code]).codes == ["occupation-code-malformed"])
    }
}

@Suite("Containers and encodings of other programs")
struct ContainerTests {
    @Test("a formula that came to an empty text has a value, one without is asked about")
    func emptyFormula() throws {
        for (saved, code) in [
            ("<c r=\"S2\" t=\"str\"><f>A1</f><v></v></c>", "formula-value"),
            ("<c r=\"S2\"><f>A1</f></c>", "formula-empty"),
        ] {
            var sheet = WorkbookSheet()
            sheet.append([.remark: .nothing])
            sheet.finish()
            let end = "</row></sheetData>"
            sheet.book.sheets[0].xml = sheet.book.sheets[0].xml.replacing(end, with: saved + end)
            #expect(try readSheet(of: sheet.book.bytes).readings[0].codes == [code])
        }
    }

    @Test("rows of formats alone are no rows; a row with any text is one")
    func formats() throws {
        var sheet = WorkbookSheet()
        for number in 1...3 { sheet.append(number: number) }
        for _ in 0..<2000 { sheet.append(cells: [.nothing, .nothing]) }
        sheet.append(number: 4)
        sheet.finish()
        #expect(try readSheet(of: sheet.book.bytes).readings.map(\.sheetRow) == [2, 3, 4, 2005])
    }

    @Test("notes right of the table are noted, near and far")
    func beside() throws {
        var sheet = WorkbookSheet()
        let sound = SampleSheet.sound(1)
        let cells = SampleSheet.header.map { WorkbookSheet.Value.text(sound[$0] ?? "") }
        sheet.append(cells: cells + [.nothing, .nothing, .text("已核对")])
        sheet.append(cells: cells + Array(repeating: .nothing, count: 280) + [.text("远")])
        sheet.append(number: 2)
        sheet.finish()
        let readings = try readSheet(of: sheet.book.bytes).readings
        #expect(readings.map(\.codes) == [["beside-table"], ["beside-table"], []])
        #expect(readings[0].findings[0].column?.letter == "V" && readings.allSatisfy { $0.result != nil })
    }

    private func lines(_ names: [(String, isUTF8: Bool)]) throws -> [UInt8] {
        var bytes = Array("name,id number,level,theory,skill,exam date,occupation code\n".utf8)
        for (index, (name, isUTF8)) in names.enumerated() {
            let line = "\(name),\(SampleSheet.identityNumber(index * 2 + 2)),3,75,80,2026-06-20,4-02-06-03\n"
            bytes += isUTF8 ? Array(line.utf8) : try gb18030(line)
        }
        return bytes
    }

    @Test("two encodings in one file are refused by the row, whichever comes first")
    func mixed() throws {
        let names = ["张伟", "李娜", "王芳", "刘洋", "陈静", "杨磊"]
        for utf8 in [[0, 1], [4, 5], [2]] {
            let bytes = try lines(names.enumerated().map { ($1, utf8.contains($0)) })
            let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: bytes) }
            #expect(problem.code == .undecodable && problem.row == utf8[0] + 2)
        }
        for isUTF8 in [true, false] {
            #expect(try readSheet(of: lines(names.map { ($0, isUTF8) })).readings.allSatisfy { $0.result != nil })
        }
    }

    @Test("Big5 is refused by the row; GB18030 with rare characters is read")
    func big5() throws {
        // 張偉 李娜 王芳 劉洋 陳靜 楊磊
        let names: [[UInt8]] = [
            [0xB1, 0x69, 0xB0, 0xB6], [0xA7, 0xF5, 0xAE, 0x52], [0xA4, 0xFD, 0xAA, 0xDA], [0xBC, 0x42, 0xAC, 0x76],
            [0xB3, 0xAF, 0xC0, 0x52], [0xB7, 0xA8, 0xBD, 0x55],
        ]
        var bytes = Array("name,id number,level,theory,skill,exam date,occupation code\n".utf8)
        for name in names {
            bytes += name + Array(",\(SampleSheet.identityNumber(2)),3,75,80,2026-06-20,4-02-06-03\n".utf8)
        }
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: bytes) }
        #expect(problem.code == .undecodable && problem.text.line.contains("Big5"))
        let rare = try lines(["张喆", "李玥", "王堃", "刘淼", "陈昉", "镕基"].map { ($0, false) })
        #expect(try readSheet(of: rare).readings.allSatisfy { $0.result != nil })
    }
}
