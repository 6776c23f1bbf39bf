import Foundation
import Spreadsheets
import TestSupport
import Testing

/// The rows of a workbook's first sheet as `column: text` by row.
private func read(_ workbook: TestWorkbook) throws -> [Int: [Int: String]] {
    try read(bytes: workbook.bytes)
}

private func read(bytes: [UInt8]) throws -> [Int: [Int: String]] {
    try withWorkbook(bytes) { workbook in
        let reader = try workbook.reading().rows(of: workbook.sheets[0])
        var rows: [Int: [Int: String]] = [:]
        while let row = try reader.nextRow() {
            rows[row.number] = [:]
            for cell in row.cells {
                rows[row.number]?[cell.column] = row.withText(of: cell) { String(decoding: $0, as: UTF8.self) }
            }
        }
        return rows
    }
}

private func withWorkbook<Result>(_ bytes: [UInt8], _ body: (Workbook) throws -> Result) throws -> Result {
    let folder = try TemporaryDirectory()
    try Data(bytes).write(to: URL(filePath: folder.path + "/book.xlsx"))
    return try body(Workbook(path: folder.path + "/book.xlsx"))
}

private func problem(_ bytes: [UInt8]) -> WorkbookProblem.Code? {
    do {
        _ = try read(bytes: bytes)
        return nil
    } catch { return (error as? WorkbookProblem)?.code }
}

@Suite("Reading workbooks")
struct WorkbookTests {
    @Test("shared, inline and formula texts; phonetic runs are not part of them")
    func texts() throws {
        var workbook = TestWorkbook()
        workbook.sharedStrings = [
            "<t>张三</t>",
            "<r><t>欧阳</t></r><r><t xml:space=\"preserve\"> 娜</t></r><rPh sb=\"0\" eb=\"2\"><t>ouyang</t></rPh>",
            "<t>a_x0041_b_x00</t>", "<t>&lt;&#x4E00;&amp;</t>",
        ]
        workbook.add(
            "甲",
            data: """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>
                <c r="D1" t="s"><v>3</v></c></row>
                <row r="3"><c r="B3" t="inlineStr"><is><t>内</t><r><t>联</t></r></is></c>
                <c r="AB3" t="str"><f>A1</f><v>公式</v></c></row>
                """)
        #expect(
            try read(workbook) == [
                1: [0: "张三", 1: "欧阳 娜", 2: "aAb_x00", 3: "<一&"], 3: [1: "内联", 27: "公式"],
            ])
    }

    @Test(
        "numbers come as programs show them",
        arguments: [
            ("85", "85"), ("85.5", "85.5"), ("85.499999999999986", "85.5"), ("0.1", "0.1"), ("1E2", "100"),
            ("370702200302291239", "3.70702200302291e+17"), ("-3", "-3"), ("59.95", "59.95"),
        ])
    func numbers(stored: String, shown: String) throws {
        var workbook = TestWorkbook()
        workbook.add("甲", data: "<row r=\"1\"><c r=\"A1\"><v>\(stored)</v></c></row>")
        #expect(try read(workbook)[1] == [0: shown])
    }

    @Test(
        "a number with a date's format is a day, in either date system",
        arguments: [
            (false, "45468", "2024-06-25"), (true, "44006", "2024-06-25"), (false, "45468.5", "2024-06-25 12:00:00"),
            (false, "1", "1900-01-01"), (false, "59", "1900-02-28"), (false, "60", "60"), (false, "61", "1900-03-01"),
            (true, "0", "1904-01-01"), (false, "99999999", "99999999"),
        ])
    func dates(is1904: Bool, stored: String, shown: String) throws {
        for code in ["yyyy-mm-dd", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "[$-804]d/m/yy"] {
            var workbook = TestWorkbook()
            workbook.is1904 = is1904
            workbook.formats = [code]
            workbook.add("甲", data: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>\(stored)</v></c></row>")
            #expect(try read(workbook)[1] == [0: shown])
        }
    }

    @Test(
        "formats that are no date's",
        arguments: [
            ("0.00", "45468"), ("General", "45468"), ("[Red]0", "45468"), ("0 &quot;days&quot;", "45468"),
            ("0%", "4546800%"),
            ("0000000", "0045468"), ("[h]:mm", "45468"),
        ])
    func otherFormats(code: String, shown: String) throws {
        var workbook = TestWorkbook()
        workbook.formats = [code]
        workbook.add("甲", data: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45468</v></c></row>")
        #expect(try read(workbook)[1] == [0: shown])
    }

    @Test("hidden rows, formulas without a value, errors and booleans")
    func kinds() throws {
        var workbook = TestWorkbook()
        workbook.add(
            "甲", state: "veryHidden",
            data: """
                <row r="2" hidden="1"><c r="A2"><f>B2</f></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="b"><v>1</v></c>
                <c r="D2" t="d"><v>2026-06-20T00:00:00</v></c></row>
                """)
        try withWorkbook(workbook.bytes) { workbook in
            #expect(workbook.sheets[0].isHidden)
            let row = try #require(try workbook.reading().rows(of: workbook.sheets[0]).nextRow())
            #expect(row.isHidden && row.number == 2)
            #expect(row.cells.map(\.kind) == [.number, .error, .boolean, .date])
            #expect(row.cells[0].isFormula && row.cells[0].isEmpty)
        }
    }

    @Test("what stands around the rows is known before them")
    func survey() throws {
        var workbook = TestWorkbook()
        workbook.add(
            "甲", data: "<row r=\"1\" hidden=\"true\"/>", head: "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols>",
            tail: "<autoFilter ref=\"A1:B2\"/><mergeCells><mergeCell ref=\"B2:C7\"/><mergeCell ref=\"x\"/></mergeCells>"
        )
        try withWorkbook(workbook.bytes) { workbook in
            let survey = try workbook.reading().survey(workbook.sheets[0])
            #expect(survey.mergedRanges.map(\.rows) == [2...7])
            #expect(survey.mergedRanges.map(\.columns) == [1...2])
            #expect(survey.hiddenColumns == [1...2])
            #expect(survey.hasFilter)
        }
    }
}

@Suite("Workbooks that are not what they should be")
struct BadWorkbookTests {
    private func sheet(_ data: String) -> [UInt8] {
        var workbook = TestWorkbook()
        workbook.add("甲", data: data)
        return workbook.bytes
    }

    @Test("a sound one is read: the control")
    func control() { #expect(problem(sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")) == nil) }

    @Test(
        "rows and cells that go back, or lie outside",
        arguments: [
            "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"1048577\"/>", "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>",
            "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"ZZZ1\"/></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>", "<row r=\"0\"/>", "<row r=\"1\"><c r=\"1\"/></row>",
        ])
    func order(data: String) { #expect(problem(sheet(data)) == .damaged) }

    @Test(
        "one long text in more than five hundred cells",
        arguments: [(500, 32_769, nil), (501, 32_769, 251), (501, 32_768, nil)])
    func longTexts(cells: Int, length: Int, row: Int?) throws {
        var workbook = TestWorkbook()
        workbook.sharedStrings = ["<t>\(String(repeating: "a", count: length))</t>"]
        let rows = (0..<cells).map { place in
            let cell = "<c r=\"\(place % 2 == 0 ? "A" : "B")\(place / 2 + 1)\" t=\"s\"><v>0</v></c>"
            return place % 2 == 0 ? "<row r=\"\(place / 2 + 1)\">\(cell)" : "\(cell)</row>"
        }
        workbook.add("甲", data: rows.joined() + (cells % 2 == 0 ? "" : "</row>"))
        guard let row else { return #expect(problem(workbook.bytes) == nil) }
        let problem = #expect(throws: WorkbookProblem.self) { try read(workbook) }
        #expect(problem == WorkbookProblem(.longCells, part: "\(row)"))
    }

    @Test("XML that is cut off or not well-formed")
    func malformed() {
        #expect(problem(sheet("<row r=\"1\"><c r=\"A1\"></row>")) == .damaged)
        let whole = sheet("<row r=\"1\"/>")
        for length in stride(from: 0, to: whole.count - 1, by: 97) {
            #expect(problem(Array(whole[..<length])) != nil)
        }
    }

    @Test("document types are refused: no entity is expanded, no file is read")
    func entities() {
        for prologue in [
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
            "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">",
        ] {
            var workbook = TestWorkbook()
            workbook.prologue = prologue
            workbook.add("甲", data: "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>x</v></c></row>")
            #expect(problem(workbook.bytes) == .damaged)
        }
    }

    @Test("archives of other kinds are named")
    func otherArchives() {
        var document = StoredZip()
        document.add("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))
        document.add("content.xml", Array("<x/>".utf8))
        #expect(problem(document.bytes) == .openDocument)
        var other = StoredZip()
        other.add("word/document.xml", Array("<x/>".utf8))
        #expect(problem(other.bytes) == .notAWorkbook)
        var binary = StoredZip()
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        binary.add(
            "_rels/.rels",
            Array(
                "<Relationships><Relationship Id=\"a\" Type=\"\(type)\" Target=\"xl/workbook.bin\"/></Relationships>"
                    .utf8))
        #expect(problem(binary.bytes) == .binaryWorkbook)
    }

    @Test("a cell longer than memory should hold", arguments: ["inlineStr\"><is><t>", "str\"><v>"])
    func longCell(opening: String) {
        let closing = opening.hasSuffix("<v>") ? "</v>" : "</t></is>"
        for (length, code) in [(1000, nil), (2 << 20, .tooLarge)] as [(Int, WorkbookProblem.Code?)] {
            let text = String(repeating: "长", count: length / 3)
            #expect(problem(sheet("<row r=\"1\"><c r=\"A1\" t=\"\(opening)\(text)\(closing)</c></row>")) == code)
        }
        var shared = TestWorkbook()
        shared.sharedStrings = ["<t>" + String(repeating: "a", count: 2 << 20) + "</t>"]
        shared.add("甲", data: "")
        #expect(problem(shared.bytes) == .tooLarge)
    }

    @Test("more parts than a workbook has")
    func manyParts() {
        var zip = StoredZip()
        for number in 0...10_000 { zip.add("\(number)", []) }
        #expect(problem(zip.bytes) == .tooLarge)
    }
}

@Suite struct LongTextTests {
    @Test(
        "a text is cut at what a cell may hold, whatever people take for one character",
        arguments: ["a" + String(repeating: "\u{301}", count: 40_000), String(repeating: "𠮷", count: 20_000)])
    func cut(_ text: String) throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/long.xlsx"
        let writer = try WorkbookWriter(path: path)
        try writer.beginSheet("S", widths: [10])
        writer.append([.text(text), .text("b\0c")])
        try writer.close()
        let workbook = try Workbook(path: path)
        let row = try #require(try workbook.reading().rows(of: workbook.sheets[0]).nextRow())
        let texts = row.cells.map { row.withText(of: $0) { String(decoding: $0, as: UTF8.self) } }
        #expect((32_766...32_767).contains(texts[0].utf16.count))
        #expect(Array(text.unicodeScalars).starts(with: Array(texts[0].unicodeScalars)) && texts[1] == "bc")
    }
}
