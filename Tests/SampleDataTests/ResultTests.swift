import Credential
import SampleData
import Testing

@Suite struct ResultTests {
    @Test("every row lies within a filing and an approved major")
    func withinFilings() throws {
        let region = try SampleRegion(seed: 1)
        let filings = Dictionary(
            uniqueKeysWithValues: region.filings.map {
                ("\($0.institution)|\($0.occupation.code)|\($0.occupation.name)|\($0.level.printedName)", $0)
            })
        let approved = Set(region.majors.flatMap { m in m.occupations.map { "\(m.institution)|\(m.name)|\($0.code)" } })
        var used: Set<Filing> = []
        for row in Sheets.results(of: region) {
            func cell(_ name: String) -> String { row[name] ?? "" }
            let key = ["机构代码", "职业编码", "职业名称", "级别"].map(cell).joined(separator: "|")
            let filing = try #require(filings[key])
            let date = try #require(examDate(cell("考试日期")))
            #expect(filing.from <= date && date <= filing.to ?? date)
            #expect(date.year == 2026 && date.components.month == 6 && date.components.day >= 20)
            #expect(approved.contains(["机构代码", "专业", "职业编码"].map(cell).joined(separator: "|")))
            used.insert(filing)
        }
        #expect(used.count == 159)
    }

    @Test("an institution writes dates in one way; three ways occur")
    func dateStyles() throws {
        var styles: [String: Set<String>] = [:]
        for row in Sheets.results(of: try SampleRegion(seed: 1, candidates: 2_000)) {
            let style = (row["考试日期"] ?? "").filter { !$0.isNumber }
            styles[row["机构代码"] ?? "", default: []].insert(style)
        }
        #expect(styles.values.allSatisfy { $0.count == 1 })
        #expect(Set(styles.values.joined()) == ["--", "//", "年月日"])
    }

    @Test("outcomes are distributed as in a real year", arguments: [1, 2, 3])
    func outcomes(seed: UInt64) throws {
        let rows = Sheets.results(of: try SampleRegion(seed: seed))
        func perMille(_ column: String, _ value: String) -> Int {
            rows.count { $0[column] == value } * 1000 / rows.count
        }
        #expect((900...930).contains(perMille("评定成绩", "合格")))
        #expect((15...25).contains(perMille("备注", "缺考")))
        #expect((1...6).contains(perMille("备注", "违纪")))
        #expect((1...8).contains(perMille("备注", "缓考")))
        let scores = rows.flatMap { [$0["理论成绩"], $0["实操成绩"]] }
        #expect(scores.contains("60") && scores.contains("59.5"))
    }

    @Test("the verdict follows the rule, and whoever has none has a remark")
    func verdicts() throws {
        for row in Sheets.results(of: try SampleRegion(seed: 4)) {
            let scores = [row["理论成绩"], row["实操成绩"]].map { $0.flatMap { Double($0) } }
            switch row["备注"] {
            case "缺考", "缓考": #expect(scores == [nil, nil] && row["评定成绩"] == "")
            case "违纪": #expect(!scores.contains(nil) && row["评定成绩"] == "")
            default:
                let marks = scores.compactMap { $0 }
                #expect(marks.count == 2 && marks.allSatisfy { (0...100).contains($0) } && row["备注"] == "")
                #expect(row["评定成绩"] == (marks.allSatisfy { $0 >= 60 } ? "合格" : "不合格"))
            }
        }
    }

    private func examDate(_ text: String) -> CalendarDate? {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        return numbers.count == 3 ? CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]) : nil
    }
}
