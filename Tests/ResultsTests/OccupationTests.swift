import Credential
import Results
import TestSupport
import Testing

@Suite struct OccupationTests {
    @Test("41 levels in all their forms", arguments: ["3", "三级", "高级工", "高级", "三级（高级工）", "高级工/三级", "3级", "III"])
    func levels(text: String) throws {
        let reading = try readRow([.level: text])
        #expect(reading.result?.level == .seniorWorker && reading.codes == ["level-mended"])
    }

    @Test("41 every level by its printed name", arguments: SkillLevel.allCases)
    func printedNames(level: SkillLevel) throws {
        let reading = try readRow([.level: level.printedName])
        #expect(reading.result?.level == level && reading.findings.isEmpty)
    }

    @Test("41 高级技师 is not 高级工, and contradictions are asked about")
    func seniorTechnician() throws {
        #expect(try readRow([.level: "高级技师"]).result?.level == .seniorTechnician)
        for text in ["三级/技师", "超级工", "9"] {
            #expect(try readRow([.level: text]).codes == ["level-unknown"])
        }
    }

    @Test("42 flags are no part of the name", arguments: ["物流服务师L", "物流服务师 S", "物流服务师（L/S）", "物流服务师Ｌ"])
    func flags(name: String) throws {
        let reading = try readRow([.occupationName: name])
        #expect(reading.result?.occupationName == "物流服务师" && reading.codes == ["occupation-flag-removed"])
    }

    @Test(
        "occupation codes are rewritten when clear", arguments: ["4020603", "4-02-06-03L", "4－02－06－03", "4 02 06 03"])
    func codes(code: String) throws {
        let reading = try readRow([.occupationCode: code])
        #expect(reading.result?.occupationCode == "4-02-06-03" && reading.codes == ["occupation-code-mended"])
    }

    @Test("a malformed occupation code is asked about", arguments: ["4-02-06", "物流", "4-02-06-033"])
    func malformedCodes(code: String) throws {
        let reading = try readRow([.occupationCode: code])
        #expect(reading.bin == .quarantined && reading.codes == ["occupation-code-malformed"])
    }

    @Test("either name or code of an occupation is enough")
    func either() throws {
        #expect(try readRow([.occupationName: ""]).result?.occupationName == "")
        #expect(try readRow([.occupationCode: ""]).result?.occupationCode == "")
        #expect(try readRow([.occupationName: "", .occupationCode: ""]).codes == ["missing-value"])
    }

    @Test("48 no specialisation, however it is written", arguments: ["", "--", "-", "无", "/"])
    func noSpecialisation(text: String) throws {
        let result = try #require(try readRow([.specialisation: text]).result)
        #expect(result.specialisation == nil)
    }

    @Test("59 lost zeros of student numbers are warned about")
    func studentNumbers() throws {
        var sheet = SampleSheet()
        for number in 1...9 { sheet.append([.studentNumber: "0230\(1000 + number)"], number: number) }
        sheet.append([.studentNumber: "2301010"], number: 10)
        sheet.append([.studentNumber: "2.30101E+07"], number: 11)
        sheet.append([.studentNumber: ""], number: 12)
        let (_, readings) = try readSheet(of: Array(sheet.text.utf8))
        #expect(readings.allSatisfy { $0.result != nil })
        #expect(readings[9].codes == ["student-number-short"])
        #expect(readings[10].codes == ["student-number-scientific"])
        #expect(readings.prefix(9).allSatisfy { $0.findings.isEmpty } && readings[11].findings.isEmpty)
    }
}
