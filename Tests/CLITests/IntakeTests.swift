import Foundation
import TestSupport
import Testing

/// A sheet as an office sent it, and what must come of it.
struct IntakeCase: Sendable, CustomStringConvertible {
    let file: String
    let exitCode: Int32
    /// Lines that the command must write, each as it stands or with `[..]` for anything.
    let says: [String]
    /// What must not be written.
    var never: [String] = []

    var description: String { file }

    init(_ file: String, _ exitCode: Int32, _ says: String..., never: String...) {
        (self.file, self.exitCode, self.says, self.never) = (file, exitCode, says, never)
    }
}

/// A home with the sample's registry, made once for all cases.
private enum IntakeHome {
    static let shell: Result<Shell, any Error> = Result {
        let folder = NSTemporaryDirectory() + "signet-intake-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Vectors.directory.appending(path: "intake"), to: URL(filePath: folder + "/intake"))
        let shell = Shell(folder: folder)
        for command in [
            "signet sample --out sample --candidates 200", "signet init --authority A --host verify.example.org",
            "signet registry import --folder sample", "signet keys create --all", "signet trust publish",
        ] {
            let (output, exitCode) = try shell.run(command)
            guard exitCode == 0 else { throw Failure(text: output.joined(separator: "\n")) }
        }
        return shell
    }

    struct Failure: Error { let text: String }
}

@Suite("Result sheets as schools send them")
struct IntakeTests {
    static let cases: [IntakeCase] = [
        IntakeCase("01-quote-swallows-rows.csv", 1, "7 rows = 6 issued + 1 quarantined", "第 5 行 [..]引号里有后面整行的内容"),
        IntakeCase("01c-control-newline-in-remark.csv", 0, "10 rows = 10 issued"),
        IntakeCase("02-second-header-other-order.xlsx", 65, "header-changes：[..]第 5 行又是表头，各列的顺序与第 1 行的表头不同[..]"),
        IntakeCase("03-hidden-under-merge.xlsx", 1, "6 rows = 5 issued + 1 quarantined", "第 4 行 [..]看不见的内容"),
        IntakeCase(
            "04-errors-in-specialisation.xlsx", 1, "4 rows = 1 issued + 3 quarantined", "第 2 行 M 列[..]",
            "第 3 行 M 列[..]",
            "第 4 行 M 列[..]"),
        IntakeCase("05-dates.xlsx", 1, "5 rows = 3 issued + 2 quarantined", "第 2 行 R 列[..]", "第 3 行 R 列[..]"),
        IntakeCase("06-last-digits-lost.csv", 1, "40 rows = 40 rejected", "只保留了 15 位数字"),
        IntakeCase("06c-control-one-number-ends-so.csv", 0, "40 rows = 40 issued"),
        IntakeCase("07-names-of-nothing.csv", 1, "6 rows = 6 quarantined"),
        IntakeCase("07c-control-passports.csv", 0, "3 rows = 3 issued"),
        IntakeCase("08-remarks.csv", 1, "7 rows = 2 issued + 5 quarantined"),
        IntakeCase("09a-header-on-each-page.xlsx", 0, "9 rows = 8 issued + 1 skipped"),
        IntakeCase("09b-statistics-below.xlsx", 0, "8 rows = 4 issued + 4 skipped"),
        IntakeCase("09c-candidates-taken-for-footers.xlsx", 1, "6 rows = 2 issued + 4 quarantined"),
        IntakeCase("09d-second-header-in-english.xlsx", 0, "5 rows = 4 issued + 1 skipped"),
        IntakeCase("10-formula-came-to-nothing.xlsx", 0, "6 rows = 6 issued", "12 noted"),
        IntakeCase("14a-backslash-names.xlsx", 0, "6 rows = 6 issued"),
        IntakeCase("14b-workbook22.xlsx", 0, "6 rows = 6 issued"),
        IntakeCase("14c-row-element-for-each-cell.xlsx", 0, "6 rows = 6 issued"),
        IntakeCase("14d-part-twice.xlsx", 65, "damaged-workbook：[..]两个同名的部分"),
        IntakeCase("14e-sheet-without-relation.xlsx", 65, "damaged-workbook: [..]二班"),
        IntakeCase("15-ampersand-in-sheet-name.xlsx", 1, "5 rows = 4 issued + 1 quarantined", "机电&化工", never: "&#38;"),
        IntakeCase("15b-escape-in-str.xlsx", 0, "5 rows = 5 issued"),
        IntakeCase("16-numbers-with-point-zero.xlsx", 0, "5 rows = 5 issued"),
        IntakeCase("17a-all-numbers-are-number-cells.xlsx", 1, "5 rows = 5 rejected", "证件号码是数值格式"),
        IntakeCase("17b-roster-beside.xlsx", 0, "4 rows = 4 issued", "工作表“报名名单”[..]未读取成绩"),
        IntakeCase("17c-notes-beside-the-table.xlsx", 0, "5 rows = 5 issued", "2 noted"),
        IntakeCase("17d-malformed-codes.csv", 1, "4 rows = 1 issued + 3 quarantined", "findings: 3 to be answered"),
        IntakeCase("19a-characters-xml-lacks.csv", 1, "5 rows = 4 issued + 1 quarantined"),
        IntakeCase("19b-sheet-named-like-the-summary.xlsx", 1, "2 rows = 1 issued + 1 quarantined"),
        IntakeCase("20a-title-says-who-sat.xlsx", 0, "10 rows = 8 issued + 2 absent"),
        IntakeCase("20b-declared-and-a-copied-row.xlsx", 0, "5 rows = 4 issued + 1 merged"),
        IntakeCase("21a-two-languages-in-a-cell.xlsx", 0, "3 rows = 3 issued"),
        IntakeCase("21b-other-names.csv", 0, "3 rows = 3 issued"),
    ]

    @Test("each comes out as it must", arguments: cases)
    func outcome(_ sheet: IntakeCase) throws {
        // In both languages: counts are told in English, findings in Chinese.
        let check = "signet results check intake/\(sheet.file)"
        let (output, exitCode) = try IntakeHome.shell.get().run(
            "\(check); code=$?; LC_ALL=zh_CN.UTF-8 \(check); exit $code")
        let text = output.joined(separator: "\n")
        #expect(exitCode == sheet.exitCode, "\(text)")
        for words in sheet.says { #expect(Self.contains(text, words), "\(words) in:\n\(text)") }
        for words in sheet.never { #expect(!text.contains(words), "\(words) in:\n\(text)") }
    }

    @Test("the control: another outcome would be noticed")
    func control() {
        #expect(Self.contains("a\n5 rows = 5 issued", "5 rows = 5 issued"))
        #expect(!Self.contains("a\n5 rows = 4 issued + 1 quarantined", "5 rows = 5 issued"))
        #expect(!Self.contains("第 5 行：甲", "第 5 行 [..]乙"))
    }

    /// In one line and in this order; counts of rows to the line's end.
    private static func contains(_ text: String, _ words: String) -> Bool {
        let parts = words.components(separatedBy: "[..]")
        return text.split(separator: "\n").contains { line in
            var rest = line
            for part in parts {
                guard let range = rest.firstRange(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
            return !words.contains(" rows = ") || rest.isEmpty
        }
    }

    @Test("11 rows of two encodings are refused by the row, though no registry would tell")
    func mixedEncodings() throws {
        let shell = try IntakeHome.shell.get()
        _ = try shell.run(
            "mkdir -p few && cd few && signet init --authority A --host verify.example.org && signet registry import "
                + "--institutions ../sample/institutions.csv --filings ../sample/filings.csv "
                + "--occupations ../sample/occupations.csv")
        let (output, exitCode) = try shell.run(
            "cd few && signet --language zh results check ../intake/11-utf8-and-gbk-rows.csv")
        #expect(exitCode == 65 && output.joined().contains("第 2 行是 UTF-8"), "\(output)")
    }

    @Test("18 sheets of one name keep apart, in one command and in two, and a bad one stops no other")
    func names() throws {
        let shell = try IntakeHome.shell.get()
        let script = """
            mkdir -p a b && cp intake/18/2026.06.化工.xlsx a/ && cp intake/18/2026.06.制药.xlsx b/2026.06.化工.xlsx && \
            printf 'no sheet' > a/bad.csv
            """
        _ = try shell.run(script)
        let (output, exitCode) = try shell.run(
            "signet results check intake/18/*.xlsx a/*.xlsx a/bad.csv b/*.xlsx --report out")
        #expect(exitCode == 65, "\(output)")
        #expect(try shell.run("ls out").output.filter { $0.hasSuffix(".annotated.xlsx") }.count == 4)
        #expect(output.filter { $0.contains("4 rows = 3 issued + 1 quarantined") }.count == 4)
        let issue = "signet issue %@ --award-date 2026-07-10 --yes --out lists"
        let first = try shell.run(issue.replacing("%@", with: "a/bad.csv a/2026.06.化工.xlsx"))
        #expect(first.exitCode == 65, "\(first.output)")
        #expect(try shell.run(issue.replacing("%@", with: "b/2026.06.化工.xlsx")).exitCode == 0)
        let lists = try shell.run("wc -l lists/*.issued.csv").output.filter { !$0.hasSuffix("total") }
        #expect(lists.count == 2 && lists.allSatisfy { $0.contains(" 4 ") }, "\(lists)")
        // Again, and with another day: each finds its own list, and the day is spoken of.
        let again = try shell.run(
            "signet issue --language=zh b/2026.06.化工.xlsx --award-date 2026-07-11 --yes --out lists"
        ).output.joined(separator: "\n")
        #expect(again.contains("--award-date 2026-07-11 不起作用"), "\(again)")
        #expect(try shell.run("ls lists/*.issued.csv").output.count == 2)
        let batches = try shell.run("signet batches --institution 4137010438").output
        #expect(batches.count == 3 && batches[1].contains("2026-07-10\t3\tdone"), "\(batches)")
    }

    @Test("19 annotated workbooks are written whatever a sheet is called and holds, and open again")
    func annotated() throws {
        let shell = try IntakeHome.shell.get()
        for (stem, ending) in [("19a-characters-xml-lacks", "csv"), ("19b-sheet-named-like-the-summary", "xlsx")] {
            #expect(try shell.run("signet results check intake/\(stem).\(ending) --report notes").exitCode == 1)
            let (output, exitCode) = try shell.run("signet results check notes/\(stem).annotated.xlsx")
            #expect(exitCode == 1 && output.contains { $0.contains("1 quarantined") }, "\(output)")
        }
    }

    @Test("20 where the declared number differs, the report is written and the refusal names rows")
    func counts() throws {
        let shell = try IntakeHome.shell.get()
        let (output, exitCode) = try shell.run(
            "signet results check intake/09c-candidates-taken-for-footers.xlsx --language zh --declared 5 --report counts"
        )
        #expect(exitCode == 65)
        #expect(output.contains { $0.contains("count-differs") && $0.contains("请先看这些行：3、4、5、6") }, "\(output)")
        #expect(try shell.run("ls counts").output.count == 2)
    }
}
