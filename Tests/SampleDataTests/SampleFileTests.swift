import Credential
import SampleData
import Testing

@Suite struct SampleFileTests {
    @Test("a seed gives the same bytes, today and on other machines")
    func determinism() throws {
        let digest = Sheets.digest(of: try SampleRegion(seed: 7, candidates: 2_000))
        #expect(digest == Sheets.digest(of: try SampleRegion(seed: 7, candidates: 2_000)))
        #expect(digest != Sheets.digest(of: try SampleRegion(seed: 8, candidates: 2_000)))
        // Change it together with whatever changes the sample on purpose.
        #expect(digest == 7_494_442_587_981_577_118)
    }

    @Test("tables and sheets have the headers that readers expect")
    func headers() throws {
        let files = try SampleRegion(seed: 1, candidates: 13).files()
        #expect(
            files.prefix(5).map(\.path) == [
                "institutions.csv", "filings.csv", "occupations.csv", "majors.csv", "eligibility.csv",
            ])
        let headers = files.map { Sheets.lines(of: $0)[0].joined(separator: ",") }
        #expect(headers[0] == "机构代码,机构名称,编号前缀,电话,网址")
        #expect(headers[1] == "机构代码,职业编码,职业名称,级别,备案起始,备案截止")
        #expect(headers[4] == "机构代码,专业代码,专业名称,职业编码,结论,日期,依据")
        let results =
            "序号,机构代码,姓名,性别,证件类型,证件号码,学号,院系,专业,准考证号,职业名称,职业编码,"
            + "工种/职业方向,级别,理论成绩,实操成绩,评定成绩,考试日期,备注"
        #expect(headers.count == 18 && headers.dropFirst(5).allSatisfy { $0 == results })
    }

    @Test("every line has as many cells as its header")
    func rectangular() throws {
        for file in try SampleRegion(seed: 5, candidates: 3_000).files() {
            let lines = Sheets.lines(of: file)
            #expect(lines.allSatisfy { $0.count == lines[0].count }, "\(file.path)")
        }
    }

    @Test("two institutions send GB18030, most UTF-8 with a mark")
    func encodings() throws {
        let sheets = try SampleRegion(seed: 1).files().dropFirst(5)
        #expect(sheets.count { $0.encoding == .gb18030 } == 2)
        #expect(sheets.count { $0.encoding == .utf8WithBOM } > 6)
    }

    @Test("a large sheet comes in small pieces of whole lines, numbered through")
    func streaming() throws {
        let region = try SampleRegion(seed: 1)
        let sheet = try region.singleSheet(institution: InstitutionID("4137012391"), rows: 20_000)
        var pieces = 0
        var lines = 0
        sheet.write { piece in
            pieces += 1
            lines += piece.count { $0 == UInt8(ascii: "\n") }
            #expect(piece.count < 70_000 && piece.last == UInt8(ascii: "\n"))
        }
        #expect(pieces > 50)
        #expect(lines == 20_001)
        #expect(Sheets.rows(of: sheet).map { $0["序号"] } == (1...20_000).map { String($0) })
    }

    @Test("the sink's error stops the writing")
    func failingSink() throws {
        struct Full: Error {}
        let sheet = try SampleRegion(seed: 1).singleSheet(institution: InstitutionID("4137012391"), rows: 10_000)
        var calls = 0
        #expect(throws: Full.self) {
            try sheet.write { (_: [UInt8]) throws(Full) in
                calls += 1
                throw Full()
            }
        }
        #expect(calls == 1)
    }
}
