import Credential
import SampleData
import Testing

@Suite struct CandidateTests {
    @Test("every identity number is valid, agrees with the sex, and is given once")
    func identityNumbers() throws {
        let rows = Sheets.results(of: try SampleRegion(seed: 1))
        var seen: Set<String> = []
        var born2002To2005 = 0
        for row in rows {
            let text = try #require(row["证件号码"])
            let number = try ResidentIDNumber(text)
            #expect((number.sex == .female ? "女" : "男") == row["性别"])
            #expect(text.hasPrefix("37") && text.dropFirst(4).hasPrefix("01"))
            if (2002...2005).contains(number.birthDate.year) { born2002To2005 += 1 }
            seen.insert(text)
        }
        #expect(seen.count == rows.count)
        #expect(born2002To2005 * 10 > rows.count * 8)
    }

    @Test("a large sheet gives no identity, student or ticket number twice")
    func distinctInLargeSheet() throws {
        let region = try SampleRegion(seed: 9)
        let sheet = Sheets.lines(of: try region.singleSheet(institution: InstitutionID("4137012819"), rows: 50_000))
        for column in ["证件号码", "学号", "准考证号"] {
            let index = try #require(sheet[0].firstIndex(of: column))
            #expect(Set(sheet.dropFirst().map { $0[index] }).count == 50_000)
            #expect(Set(sheet.dropFirst().map { $0[index].utf8.count }).count == 1, "widths of \(column)")
        }
    }

    @Test("names: rare characters, the minority separator, two to four characters")
    func names() throws {
        let names = Sheets.results(of: try SampleRegion(seed: 1)).compactMap { $0["姓名"] }
        let rare = names.count { $0.contains { "𠮷䶮㛃𬱖𫖯𬍛㼆𬀩".contains($0) } }
        let minority = names.count { $0.contains("\u{00B7}") }
        #expect((40...120).contains(rare))
        #expect((100...220).contains(minority))
        #expect(names.contains { $0.contains("𠮷") })
        #expect(names.allSatisfy { $0.contains("\u{00B7}") ? $0.count <= 50 : (2...4).contains($0.count) })
    }

    @Test("some institutions number students with leading zeros")
    func leadingZeros() throws {
        let rows = Sheets.results(of: try SampleRegion(seed: 1, candidates: 1_000))
        #expect(Set(rows.filter { $0["学号"]?.hasPrefix("0") == true }.map { $0["机构代码"] }).count == 3)
    }
}
