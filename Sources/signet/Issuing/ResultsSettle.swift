import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Installation
import Issuance
import Results
import Store

struct ResultsSettle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "Answer for a row that was asked about, so that it goes on as it stands.",
        discussion: """
            The answer is recorded with who gave it and why, and holds for this content of the row wherever it is \
            sent again. Rows that are refused, or that lack something, cannot be settled: mend them.

            Example:
              signet results settle results.xlsx --row 17 --reason "Identity card seen; sex in the sheet is right"
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "The result sheet.") var file: String
    @Option(help: "Row as the spreadsheet program counts.") var row: Int
    @Option(help: "Worksheet, when the workbook has several with results.") var sheet: String?
    @Option(help: "Whose results they are, when the sheet does not say.") var institution: String?
    @Option(help: "Why the row is right as it stands.") var reason: String
    @Option(help: "Who answers; the login name by default.") var actor: String?
    @OptionGroup var comparison: ComparisonOptions

    func validate() throws {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError(zh: "--reason 是空的；请说明原因", en: "--reason is empty; say why")
        }
    }

    func run() async throws {
        let office = try await home.open().openOffice()
        let job = try await SheetDesk(in: office, roster: comparison.students())
            .open(file, stem: file, institution: institution)
        let plan = try await job.plan(declaredCount: comparison.declared, onFindings: { _ in }, onProgress: { _ in })
        let table = try self.table(of: job)
        let question = try await job.planner.question(about: table.rowBase + row, of: job.sheet, plan)
        guard let question else {
            throw Refusal(
                .usage, zh: "\(job.fileName) 的第 \(row) 行没有待答的问题，或者有缺项；请改正该行",
                en: "row \(row) of \(job.fileName) is not asked about, or lacks something; mend it instead")
        }
        try await office.perform(
            SettleRow(question.rowKey, rules: question.rules.map(\.code), reason: reason), by: Login.actor(actor))
        for rule in question.rules { print("Settled \(rule.code): \(rule.text.en)") }
        print("Row \(row) goes on as it stands when the sheet is checked or issued again.")
    }

    private func table(of job: SheetJob) throws -> SheetLayout {
        let tables = job.sheet.tables
        guard let sheet else {
            guard tables.count == 1 else {
                let names = tables.compactMap(\.name).joined(separator: ", ")
                throw Refusal(
                    .usage, zh: "\(job.fileName) 有几个含成绩的工作表；请用 --sheet 指定：\(names)",
                    en: "\(job.fileName) has several sheets with results; give --sheet: \(names)")
            }
            return tables[0]
        }
        guard let table = tables.first(where: { $0.name == sheet }) else {
            throw Refusal(
                .usage, zh: "\(job.fileName) 中没有含成绩的工作表“\(sheet)”",
                en: "\(job.fileName) has no sheet \"\(sheet)\" with results")
        }
        return table
    }
}
