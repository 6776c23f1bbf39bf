import Acts
import ArgumentParser
import Credential
import Eligibility
import HomeFolder
import Installation
import Issuance
import Results
import Store

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Sum up what was examined and issued.", subcommands: [CoverageCommand.self])
}

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Who could be examined, applied, sat, passed and was certified (应评尽评).",
        discussion: """
            Eligible are the graduates of the registry's majors that are approved for an occupation. All numbers \
            are of persons: one in two occupations counts once where occupations are counted together.

            Examples:
              signet report coverage --year 2026
              signet report coverage --year 2026 --out coverage.xlsx
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: "Only exams and graduates of this year.") var year: Int?
    @Option(help: ArgumentHelp("Ends in .xlsx or .csv.", valueName: "file")) var out: String?

    func validate() throws {
        if let out, !out.hasSuffix(".xlsx"), !out.hasSuffix(".csv") {
            throw ValidationError(
                zh: "--out \(out) 既不以 .csv 也不以 .xlsx 结尾", en: "--out \(out) ends neither in .csv nor in .xlsx")
        }
    }

    func run() async throws {
        let home = try home.open()
        let report = try await CoverageReport(home.lookingOffice(), year: year)
        for line in report.byInstitution { print(CoverageText.bar(line)) }
        if let out {
            try CoverageFile.write(report, to: out)
            print("Wrote \(out).")
        }
    }
}

/// The coverage report on a terminal.
enum CoverageText {
    private static let width = 30

    /// Such as `潍坊学院  1,285 eligible  1,100 applied … ███████░░░  86 %`.
    static func bar(_ line: CoverageReport.Line) -> String {
        let labels = ["applied", "sat", "passed", "issued"]
        let counts = zip(line.counts, labels).map { "\($0.grouped) \($1)" }.joined(separator: " · ")
        guard let eligible = line.eligible, eligible > 0 else { return "\(line.institution)\n  \(counts)" }
        let filled = min(width, line.issued * width / eligible)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let percent = line.issued * 100 / eligible
        return "\(line.institution)\n  \(bar) \(percent) %  \(eligible.grouped) eligible · \(counts)"
    }
}
