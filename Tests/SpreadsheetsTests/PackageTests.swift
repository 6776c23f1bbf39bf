import Foundation
import Spreadsheets
import TestSupport
import Testing

@Suite("Packages as other programs write them")
struct PackageTests {
    private static let book: TestWorkbook = {
        var book = TestWorkbook()
        book.add("甲&amp;乙", data: "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>一_x000A_二</v></c></row>")
        return book
    }()

    /// The first text of a package made of these parts.
    private func read(_ parts: [(String, String)]) throws -> (sheet: String, text: String) {
        var zip = StoredZip()
        for (name, xml) in parts { zip.add(name, Array(xml.utf8)) }
        let folder = try TemporaryDirectory()
        try Data(zip.bytes).write(to: URL(filePath: folder.path + "/book.xlsx"))
        let workbook = try Workbook(path: folder.path + "/book.xlsx")
        let row = try #require(try workbook.reading().rows(of: workbook.sheets[0]).nextRow())
        return (workbook.sheets[0].name, row.withText(of: row.cells[0]) { String(decoding: $0, as: UTF8.self) })
    }

    private func code(_ parts: [(String, String)]) throws -> WorkbookProblem.Code {
        try #require(throws: WorkbookProblem.self) { _ = try read(parts) }.code
    }

    @Test("backslashes, capitals and other names of the main part")
    func names() throws {
        let parts = Self.book.parts
        let changes: [(String, String) -> (String, String)] = [
            { ($0, $1) }, { ($0.replacing("/", with: "\\"), $1) }, { ($0.uppercased(), $1) },
            {
                (
                    $0.replacing("workbook.xml", with: "workbook22.xml"),
                    $1.replacing("workbook.xml", with: "workbook22.xml")
                )
            },
            { ($0.replacing("workbook.xml", with: "book.xml"), $1.replacing("workbook.xml", with: "book.xml")) },
            { ($0, $1.replacing("worksheets/sheet0.xml", with: "worksheets\\sheet0.xml")) },
        ]
        for change in changes {
            let (sheet, text) = try read(parts.map(change))
            #expect(sheet == "甲&乙" && text == "一\n二")
        }
    }

    @Test("a part that is there twice, in any spelling, is refused")
    func twice() throws {
        let parts = Self.book.parts
        for name in ["xl/worksheets/sheet0.xml", "XL/Worksheets/Sheet0.xml", "xl\\worksheets\\sheet0.xml"] {
            #expect(try code(parts + [(name, "<worksheet/>")]) == .doubledPart)
        }
    }

    @Test("a sheet that leads nowhere is refused by its name")
    func lost() throws {
        let parts = Self.book.parts
        #expect(try code(parts.filter { !$0.0.hasSuffix("sheet0.xml") }) == .lostSheet)
        #expect(try code(parts.map { ($0.0, $0.1.replacing("r:id=\"s0\"", with: "r:id=\"s9\"")) }) == .lostSheet)
    }

    @Test("a package of another kind is no workbook")
    func kind() throws {
        let parts = Self.book.parts.map { ($0.0, $0.0 == "xl/workbook.xml" ? "<document/>" : $0.1) }
        #expect(try code(parts) == .notAWorkbook)
    }

    @Test("elements of one row go on with it, and cells within keep their order")
    func rowElements() throws {
        var book = TestWorkbook()
        let cells = ["A", "B", "D"].map { "<row r=\"2\"><c r=\"\($0)2\"><v>3.0</v></c></row>" }
        book.add("甲", data: cells.joined() + "<row r=\"3\"><c r=\"A3\"><v>1.50</v></c></row>")
        let folder = try TemporaryDirectory()
        try Data(book.bytes).write(to: URL(filePath: folder.path + "/book.xlsx"))
        let workbook = try Workbook(path: folder.path + "/book.xlsx")
        let reader = try workbook.reading().rows(of: workbook.sheets[0])
        var rows: [[String]] = []
        while let row = try reader.nextRow() {
            rows.append(row.cells.map { cell in row.withText(of: cell) { String(decoding: $0, as: UTF8.self) } })
        }
        #expect(rows == [["3", "3", "3"], ["1.5"]])
    }
}
