import Acts
import ArgumentParser
import Spreadsheets

struct RegistryTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Write an empty workbook with the columns of a registry table.",
        discussion: """
            All columns are text, so that codes keep their zeros. A second sheet says what each column is for.

            Example:
              signet registry template filings --out filings.xlsx
            """)

    @Argument(help: "institutions, filings, occupations, majors or eligibility.") var kind: RegistryKind
    @Option(help: ArgumentHelp("Ends in .xlsx.", valueName: "file")) var out: String

    func validate() throws {
        guard out.hasSuffix(".xlsx") else {
            throw ValidationError(zh: "--out \(out) 不以 .xlsx 结尾", en: "--out \(out) does not end in .xlsx")
        }
    }

    func run() throws {
        let file = WorkbookFile(out)
        let workbook = try file.open()
        try workbook.beginSheet(kind.title, widths: kind.columns.map { _ in 18 })
        workbook.append(kind.columns.map { .text($0.rawValue) }, style: .header)
        workbook.freeze(rows: 1, columns: 0)
        try workbook.beginSheet("填表说明", widths: [18, 10, 50])
        workbook.append([.text("列"), .text("必填"), .text("说明")], style: .header)
        for column in kind.columns {
            workbook.append([
                .text(column.rawValue), .text(kind.required.contains(column) ? "是" : ""), .text(column.note),
            ])
        }
        try file.commit(workbook)
        print("Wrote \(out). Next: signet registry import --\(kind.rawValue) \(out)")
    }
}

extension RegistryColumn {
    /// What to write into it.
    fileprivate var note: String {
        switch self {
        case .institutionCode: "评价机构代码"
        case .institutionName: "证书上的机构名称"
        case .nameFrom: "启用该名称的日期，如 2024-01-01"
        case .numberPrefix: "证书编号的机构部分，如 Y000037000001"
        case .phone: "查询电话"
        case .website: "查询网址"
        case .occupationCode: "如 4-02-06-03"
        case .occupationName: "职业分类中的名称"
        case .level: "如 三级/高级工"
        case .filedFrom: "备案的第一天，如 2024-01-01"
        case .filedTo: "备案的最后一天；仍有效则空"
        case .specialisations: "该职业的工种，用顿号分开"
        case .validFrom: "启用的第一天，如 2022-10-01"
        case .validTo: "最后一天；仍有效则空"
        case .successorCode: "停用后改用的职业编码"
        case .majorCode: "专业目录中的代码"
        case .majorName: "与成绩表中的写法一致"
        case .graduationYear: "如 2026"
        case .graduates: "当年毕业生人数"
        case .verdict: "通过 或 不通过"
        case .decided: "作出结论的日期，如 2026-01-15"
        case .basis: "会议或文件"
        }
    }
}
