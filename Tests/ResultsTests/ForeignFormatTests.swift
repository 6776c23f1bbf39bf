import Credential
import Errors
import Results
import TestSupport
import Testing

/// Files of other programs that are sent as a list: each is called what it is, with what to do.
@Suite struct ForeignFormatTests {
    struct Foreign: Sendable, CustomTestStringConvertible {
        let words: String
        let bytes: [UInt8]
        var testDescription: String { words }

        init(_ words: String, _ bytes: [UInt8]) { (self.words, self.bytes) = (words, bytes) }
    }

    private static func archive(_ parts: (String, String)...) -> [UInt8] {
        var zip = StoredZip()
        for (name, text) in parts { zip.add(name, Array(text.utf8)) }
        return zip.bytes
    }

    /// Of the container that Office used until 2003, with the name of a stream in its directory.
    private static func compound(_ stream: String) -> [UInt8] {
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1016)
            + stream.utf8.flatMap { [$0, UInt8(0)] }
    }

    private static func office(_ part: String, _ root: String) -> [UInt8] {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        return archive(
            ("[Content_Types].xml", "<Types/>"),
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"a\" Type=\"\(type)\" Target=\"\(part)\"/></Relationships>"
            ),
            (part, "<\(root)/>"))
    }

    static let files = [
        Foreign(".docx", office("word/document.xml", "document")),
        Foreign(".pptx", office("ppt/presentation.xml", "presentation")),
        Foreign(".doc、.wps", compound("WordDocument")), Foreign(".ppt", compound("PowerPoint Document")),
        Foreign(".xls、.et", compound("Workbook")),
        Foreign(
            ".ods", archive(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>"))),
        Foreign("Pages", archive(("Index/Document.iwa", "x"))), Foreign("PDF", Array("%PDF-1.7\n".utf8)),
        Foreign("图片", [0xFF, 0xD8, 0xFF, 0xE0]), Foreign("图片", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Foreign("图片", Array("RIFF\0\0\0\0WEBPVP8 ".utf8)), Foreign("图片", [0, 0, 0, 0x18] + Array("ftypheic".utf8)),
    ]

    @Test(arguments: files)
    func named(file: Foreign) throws {
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: file.bytes) }
        #expect(problem.text.zh.contains(file.words) && problem.text.zh.contains("另存为 .xlsx"), "\(problem.text.line)")
        #expect(problem.text.en.contains(".xlsx"))
    }

    @Test("the control: a list whose first word begins like one of them is a list")
    func control() throws {
        #expect(throws: SheetProblem(.noHeader, zh: "-", en: "-")) {
            _ = try readSheet(of: Array("BM,姓名,级别\n1,王,3\n".utf8))
        }
    }

    @Test(
        "a row of totals is told from the rows of a list",
        arguments: [
            (["合计", "25", ""], true), (["", "总计：3 人"], true), (["小计", "", "12"], true), (["Total", "3"], true),
            (["Grand total:", "3"], true), (["合计", "Y000037001001263000001"], false), (["合计一", "1"], false),
            (["Summer", "3"], false), (["", ""], false), (["张三", "合计"], false),
        ] as [([String], Bool)])
    func totals(cells: [String], isTotal: Bool) {
        #expect(ListTotals.isTotal(cells) == isTotal)
    }
}
