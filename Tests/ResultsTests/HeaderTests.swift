import Credential
import Errors
import Results
import TestSupport
import Testing

@Suite struct HeaderTests {
    private func sheet(_ lines: String...) throws -> (sheet: ResultSheet, readings: [RowReading]) {
        try readSheet(of: Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    private let id = SampleSheet.identityNumber(2)

    @Test("35 columns are bound by header, whatever their order")
    func order() throws {
        let (_, readings) = try sheet(
            "实操成绩,理论成绩,考试日期,级别,职业编码,证件号码,姓名", "90,61,2026-06-20,三级/高级工,4-02-06-03,\(id),张晓丽")
        let result = try #require(readings.first?.result)
        #expect(result.theory?.hundredths == 6100 && result.skill?.hundredths == 9000)
    }

    @Test("56 aliases in Chinese and English, with marks, brackets and spaces")
    func aliases() throws {
        let (sheet, readings) = try sheet(
            "* Full Name,ID Number,Occupation Code,Skill Level,理论知识（百分制）,操作 技能：,\"考试日期\n(年-月-日)\"",
            "张晓丽,\(id),4-02-06-03,3,75,80,2026-06-20")
        #expect(sheet.findings.isEmpty)
        #expect(readings.first?.result != nil)
    }

    @Test("56 a missing header is named, with what was found and what is accepted")
    func missing() throws {
        let problem = try #require(throws: SheetProblem.self) {
            _ = try sheet("姓名,证件号码,级别,理论成绩,考试日期,甲", "")
        }
        #expect(problem.code == .missingHeader && problem.row == 1)
        for part in ["实操成绩", "实操成绩", "skill score", "职业名称/职业编码", "甲"] {
            #expect(problem.text.line.contains(part))
        }
    }

    @Test("56 a header that is there twice is refused")
    func duplicate() throws {
        let problem = try #require(throws: SheetProblem.self) {
            _ = try sheet("姓名,证件号码,级别,理论成绩,理论,技能,考试日期,职业名称", "")
        }
        #expect(problem.code == .duplicateHeader)
        #expect(problem.text.line.contains("D 理论成绩") && problem.text.line.contains("E 理论"))
    }

    @Test("56 an unknown column is reported and not read")
    func unknown() throws {
        let (sheet, readings) = try sheet(
            "姓名,照片,证件号码,级别,理论成绩,技能,考试日期,职业名称", "张晓丽,1.jpg,\(id),高级工,75,80,2026-06-20,物流服务师")
        #expect(sheet.findings.map(\.code) == ["unknown-column"])
        #expect(sheet.findings[0].column?.letter == "B")
        #expect(readings.first?.result?.occupationName == "物流服务师")
    }

    @Test("50 title rows may precede the header")
    func titleRows() throws {
        let (sheet, readings) = try sheet(
            "2026年职业技能等级认定成绩表,,,,,,", ",,,,,,", "姓名,证件号码,级别,理论成绩,技能,考试日期,职业名称",
            "张晓丽,\(id),高级工,75,80,2026-06-20,物流服务师")
        #expect(sheet.tables[0].headerRow == 3)
        #expect(sheet.findings.map(\.anomaly) == [50])
        #expect(readings.map(\.sheetRow) == [4])
    }

    @Test("49 a header over two rows is read together when that leaves nothing open")
    func twoRows() throws {
        for (group, first, second) in [("成绩", "理论", "实操"), ("成绩", "理论知识", "操作技能")] {
            let (sheet, readings) = try sheet(
                "姓名,证件号码,级别,\(group),,考试日期,职业名称", ",,,\(first),\(second),,",
                "张晓丽,\(id),三级/高级工,75,80,2026-06-20,物流服务师")
            #expect(sheet.tables[0].headerRow == 2)
            #expect(sheet.findings.map(\.anomaly) == [49])
            #expect(readings.first?.result?.theory == Score(hundredths: 7500))
        }
    }

    @Test("49 two rows that leave a column open are refused")
    func openTwoRows() throws {
        let problem = try #require(throws: SheetProblem.self) {
            _ = try sheet("姓名,证件号码,级别,理论成绩,,考试日期,职业名称", ",,,笔试,机考,,")
        }
        #expect(problem.code == .missingHeader)
        let single = try #require(throws: SheetProblem.self) {
            _ = try sheet("姓名,证件号码,级别,成绩,,考试日期,职业名称", "张晓丽,\(id),三级/高级工,75,80,2026-06-20,物流服务师")
        }
        #expect(single.code == .missingHeader)
    }

    @Test("56 an alias means one thing")
    func aliasesAreDistinct() {
        let aliases = Field.allCases.flatMap(\.aliases)
        #expect(Set(aliases).count == aliases.count)
    }

    @Test("56 a table of something else has no header")
    func none() throws {
        let problem = try #require(throws: SheetProblem.self) { _ = try sheet("a,b,c", "1,2,3") }
        #expect(problem.code == .noHeader)
    }

    @Test("spreadsheet letters", arguments: [(0, "A"), (25, "Z"), (26, "AA"), (255, "IV"), (701, "ZZ"), (702, "AAA")])
    func letters(index: Int, letter: String) {
        #expect(SheetColumn(index: index, header: "").letter == letter)
    }
}
