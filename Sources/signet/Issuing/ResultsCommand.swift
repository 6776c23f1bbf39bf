import Acts
import ArgumentParser
import Credential
import Encodings
import Errors
import Files
import HomeFolder
import Issuance
import Results

struct ResultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Look at result sheets before anything is issued.",
        subcommands: [ResultsCheck.self, ResultsSettle.self, ResultsTemplate.self])
}

struct ResultsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read and judge result sheets; issue nothing.",
        discussion: """
            Every row ends in exactly one bin, and the bins add up. Exit code 1 when rows need attention: mend \
            them in the annotated workbook and send those rows, or all of them, again.

            Examples:
              signet results check results.csv
              signet results check results/*.xlsx --report findings
              signet results check results.csv --declared 2326 --roster students.xlsx
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "Result sheets (XLSX, or CSV in UTF-8 or GB18030).") var files: [String]
    @Option(help: "Whose results they are, when the sheets do not say.") var institution: String?
    @Option(
        help: ArgumentHelp("Folder for each sheet's annotated workbook and CSV of findings.", valueName: "folder"))
    var report: String?
    @Option(help: "The day to be printed on the certificates, such as 2026-07-10; today by default.")
    var awardDate: String?
    @OptionGroup var template: TemplateOptions
    @OptionGroup var photos: PhotoOptions
    @OptionGroup var comparison: ComparisonOptions
    @Flag(help: "One JSON object per sheet and per finding.") var json = false

    func validate() throws { _ = try AwardDate.parsed(awardDate) }

    func run() async throws {
        let home = try home.open()
        let office = try home.lookingOffice()
        let desk = try await SheetDesk(in: office, roster: comparison.students())
        let propose = ProposeBatch(
            in: office, trust: try home.trustList(), awardDate: try AwardDate.parsed(awardDate) ?? Clock.today(),
            look: template.choice, photos: try photos.desk(office))
        // Sheets with names and identity numbers go into it.
        if let report { try Folder.create(report, mode: 0o700) }
        var needsAttention = false
        var refused = RefusedSheets(of: files.count, isJSON: json)
        for (path, stem) in zip(files, SheetNames(files).stems) {
            do {
                let plan = try await check(try await desk.open(path, stem: stem, institution: institution), propose)
                needsAttention = needsAttention || plan.bins[.quarantined] > 0 || plan.bins[.rejected] > 0
            } catch { try refused.note(error, path) }
        }
        try refused.finish()
        if needsAttention { throw ExitCode(1) }
    }

    private func check(_ job: SheetJob, _ propose: ProposeBatch) async throws -> BatchPlan {
        let place = try report.map { try SheetReports($0).stem(of: job.path, named: job.stem) }
        let reportPath = place.map { $0 + ".findings.csv" }
        var findings = try FindingsReport(path: reportPath)
        try findings.add(job.sheet.findings)
        var bar = ProgressBar("Reading")
        let showsLines = !json && reportPath == nil
        var shown = 0
        let plan = try await job.plan(
            declaredCount: comparison.declared, isForReport: true,
            onFindings: { found in
                try findings.add(found)
                for finding in found where finding.severity == .ask || finding.severity == .reject {
                    if json { print(try JSONLine.encode(FindingLine(job.fileName, finding))) }
                    if showsLines, shown < Self.shownLimit {
                        bar.clear()
                        print("  \(SafeText.shown(finding.text.spoken))")
                        shown += 1
                    }
                }
            }, onProgress: { bar.update($0) })
        bar.clear()
        let annotatedPath = place.map { $0 + ".annotated.xlsx" }
        if let annotatedPath { try await AnnotatedWorkbook(job: job, plan: plan).write(to: annotatedPath) }
        let counts = findings.counts
        try findings.finish()
        let proposal = plan.isEmpty ? nil : try await propose(job, plan)
        if json {
            print(try JSONLine.encode(PlanLine(job, plan, proposal)))
        } else {
            print(PlanText.describe(job, plan, proposal, counts))
            for note in PlanText.notes(on: job.sheet) + PlanText.notes(on: proposal, of: job.sheet) { print(note) }
            if let reportPath { print(spoken(zh: "  问题清单：\(reportPath)", en: "  findings in \(reportPath)")) }
            if let annotatedPath {
                print(spoken(zh: "  请在此改正：\(annotatedPath)", en: "  to be mended in \(annotatedPath)"))
            }
            let rest = (counts[.ask] ?? 0) + (counts[.reject] ?? 0) - shown
            if showsLines, rest > 0 {
                print(
                    spoken(
                        zh: "  另有 \(rest.grouped) 条；用 --report FOLDER 全部写出",
                        en: "  and \(rest.grouped) more; write them all with --report FOLDER"))
            }
        }
        if let problem = plan.countProblem { throw SheetDesk.refusal(of: job.path, problem) }
        return plan
    }

    /// More would scroll the summary away.
    private static let shownLimit = 20
}
