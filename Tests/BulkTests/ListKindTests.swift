import Bulk
import Seal
import TestSupport
import Testing
import Verification

/// What lists have beside rows.
@Suite struct ListKindTests {
    @Test("rows of totals are passed over and named, in CSV and wherever they stand")
    func totals() async throws {
        let desk = try Desk()
        let seal = try desk.qrText()
        let input = try desk.file("a.csv", "姓名,二维码\n,\(seal)\n小计,1\n,\(seal)\n合计：,2\n".utf8)
        #expect(try input.open(.service).totalsRows == [3, 5])
        let answers = try await desk.answers(input)
        #expect(answers.map(\.row.number) == [2, 4] && answers.allSatisfy { $0.answer.outcome == .valid })
        let control = try desk.file("b.csv", "姓名,二维码\n,\(seal)\n合计一,1\n".utf8)
        #expect(try await desk.answers(control).map(\.answer.reason) == [nil, "not-a-seal"])
    }

    /// A workbook with a cell that says 查看 and leads somewhere.
    private func workbook(_ cell: String, tail: String = "", relations: String = "") -> [UInt8] {
        var book = TestWorkbook()
        func text(_ place: String, _ text: String) -> String {
            "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
        }
        book.add(
            "名单",
            data:
                "<row r=\"1\">\(text("A1", "姓名"))\(text("B1", "二维码"))</row><row r=\"2\">\(text("A2", ""))\(cell)</row>",
            tail: tail)
        var zip = StoredZip()
        zip.add("[Content_Types].xml", Array("<Types/>".utf8))
        for (name, xml) in book.parts { zip.add(name, Array(xml.utf8)) }
        if !relations.isEmpty {
            zip.add("xl/worksheets/_rels/sheet0.xml.rels", Array("<Relationships>\(relations)</Relationships>".utf8))
        }
        return zip.bytes
    }

    private func reasons(_ bytes: [UInt8], _ desk: Desk) async throws -> [String?] {
        try await desk.answers(desk.file("a.xlsx", bytes)).map(\.answer.reason)
    }

    private static let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    private static let shown = "<c r=\"B2\" t=\"inlineStr\"><is><t>点击查看</t></is></c>"
    private static let link = "<hyperlinks><hyperlink ref=\"B2\" r:id=\"h\" xmlns:r=\"r\"/></hyperlinks>"

    @Test("where a cell's text has no code, the code that it leads to is checked")
    func links() async throws {
        let desk = try Desk()
        let seal = try desk.qrText()
        let relation = "<Relationship Id=\"h\" Type=\"\(Self.type)\" TargetMode=\"External\" Target=\"\(seal)\"/>"
        #expect(try await reasons(workbook(Self.shown, tail: Self.link, relations: relation), desk) == [nil])
        // As spreadsheet programs break long texts of formulas.
        let (begin, end) = (seal.prefix(200), seal.dropFirst(200))
        let formula = "HYPERLINK(&quot;\(begin)&quot;&amp;&quot;\(end)&quot;,&quot;点击查看&quot;)"
        let cell = "<c r=\"B2\" t=\"str\"><f>\(formula)</f><v>点击查看</v></c>"
        #expect(try await reasons(workbook(cell), desk) == [nil])
    }

    @Test("the controls: no link, one that leads elsewhere, and a text that has a code itself")
    func controls() async throws {
        let desk = try Desk()
        let seal = try desk.qrText()
        #expect(try await reasons(workbook(Self.shown), desk) == ["not-a-seal"])
        let elsewhere =
            "<Relationship Id=\"h\" Type=\"\(Self.type)\" TargetMode=\"External\" Target=\"https://example.org\"/>"
        #expect(try await reasons(workbook(Self.shown, tail: Self.link, relations: elsewhere), desk) == ["not-a-seal"])
        let other = try desk.qrText { $0.expiresAt = Desk.now - 1 }
        let relation = "<Relationship Id=\"h\" Type=\"\(Self.type)\" TargetMode=\"External\" Target=\"\(seal)\"/>"
        let own = "<c r=\"B2\" t=\"inlineStr\"><is><t>\(other)</t></is></c>"
        #expect(try await reasons(workbook(own, tail: Self.link, relations: relation), desk) == ["expired"])
    }
}
