import ArgumentParser
import Results
import Spreadsheets

struct ResultsTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Write an empty workbook with the headers that results need.",
        discussion: """
            All columns are text, so that long numbers and leading zeros are kept.

            Example:
              signet results template --out results.xlsx
            """)

    @Option(help: ArgumentHelp("Ends in .xlsx.", valueName: "file")) var out: String

    private static let fields: [(field: Field, note: String)] = [
        (.serial, "可空"), (.institutionCode, "一个文件只填一个机构"), (.name, "与身份证件一致，间隔号用 ·"),
        (.sex, "男/女"), (.documentKind, "空为居民身份证"), (.documentNumber, "文本格式，18 位"), (.studentNumber, "文本格式"),
        (.department, "可空"), (.major, "与专业认定名称一致"), (.admissionTicket, "可空"), (.occupationName, "备案名称"),
        (.occupationCode, "如 4-02-06-03"), (.specialisation, "没有则空"), (.level, "如 三级/高级工"),
        (.theory, "0–100，或 缺考/缓考/违纪"), (.skill, "同上"), (.review, "二级、一级填写"), (.statedOutcome, "合格/不合格，可空"),
        (.examDate, "如 2026-06-20"), (.attemptKind, "正考/补考"), (.remark, "可空"),
    ]

    func validate() throws {
        guard out.hasSuffix(".xlsx") else {
            throw ValidationError(zh: "--out \(out) 不以 .xlsx 结尾", en: "--out \(out) does not end in .xlsx")
        }
    }

    func run() throws {
        let file = WorkbookFile(out)
        let workbook = try file.open()
        try workbook.beginSheet("成绩", widths: Self.fields.map { $0.field == .documentNumber ? 22 : 14 })
        workbook.append(Self.fields.map { .text($0.field.header) }, style: .header)
        workbook.freeze(rows: 1, columns: 0)
        try workbook.beginSheet("填表说明", widths: [18, 40])
        workbook.append([.text("列"), .text("说明")], style: .header)
        for (field, note) in Self.fields { workbook.append([.text(field.header), .text(note)]) }
        try file.commit(workbook)
        print("Wrote \(out).")
    }
}
