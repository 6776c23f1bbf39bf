import Acts
import ArgumentParser
import Credential
import Files
import Glibc
import HomeFolder
import Installation
import Issuance
import Results
import Signing
import Store
import Trust

struct IssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Turn result sheets into signed certificates.",
        discussion: """
            Reads and judges each sheet, shows what it comes to, asks for approval of exactly that content, and \
            signs on all cores. Stopped at any moment, the same command goes on and ends with the same \
            certificates; a sheet that was issued before issues nothing new.

            Examples:
              signet issue results.csv --award-date 2026-07-10
              signet issue results/*.csv --award-date 2026-07-10 --yes --reason "June session"
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "Result sheets (XLSX, or CSV in UTF-8 or GB18030).") var files: [String]
    @Option(help: "Whose results they are, when the sheets do not say.") var institution: String?
    @Option(help: "The day printed on the certificates, such as 2026-07-10; today by default.")
    var awardDate: String?
    @Flag(help: "Let the award date lie ahead: the certificates are valid from that day.")
    var validFromAwardDate = false
    @OptionGroup var comparison: ComparisonOptions
    @OptionGroup var template: TemplateOptions
    @OptionGroup var photos: PhotoOptions
    @OptionGroup var approval: ApprovalOptions
    @Option(help: ArgumentHelp("Folder for the lists; the home's issued/ by default.", valueName: "folder"))
    var out: String?
    @Flag(help: "One JSON object per event.") var json = false

    func validate() throws { _ = try AwardDate.parsed(awardDate) }

    func run() async throws {
        let office = try await home.open().openOffice()
        let trust = try office.home.requiredTrustList()
        let desk = try await SheetDesk(in: office, roster: comparison.students(), isIssuing: true)
        let date = try AwardDate.parsed(awardDate)
        let propose = ProposeBatch(
            in: office, trust: trust, awardDate: date ?? Clock.today(), look: template.choice,
            photos: try photos.desk(office))
        if let out { try Folder.create(out, mode: 0o700) }
        let passphrase = passphrase
        var run = IssueRun(
            office,
            try IssueBatch(in: office, trust: trust, isValidFromAwardDate: validFromAwardDate) {
                try passphrase.passphrase()
            }, approver: approval.approver(in: office), propose: propose, isDateAskedFor: date != nil,
            declaredCount: comparison.declared, folder: out ?? office.home.issuedPath, isJSON: json)
        var refused = RefusedSheets(of: files.count, isJSON: json)
        for (path, stem) in zip(files, SheetNames(files).stems) {
            do {
                try await run.issue(try await desk.open(path, stem: stem, institution: institution))
            } catch { try refused.note(error, path) }
        }
        // A certificate whose list nobody can see could not be checked, so a new list is published at once.
        if try await office.store.read({ try $0.statusLists() }).contains(where: { !$0.isPublished }) {
            let secret = try run.secret ?? passphrase.passphrase()
            let published = try await PublishStatusLists(in: office, passphrase: secret)(all: false, by: Login.actor())
            if !json { for list in published { print(StatusText.line(list)) } }
        }
        if files.count > 1, !json { print(spoken(zh: "合计：", en: "In all: ") + PlanText.bins(run.total)) }
        try refused.finish()
        if run.hasUnapproved { throw ExitCode(1) }
    }
}

enum AwardDate {
    static func parsed(_ text: String?) throws -> CalendarDate? {
        guard let text else { return nil }
        guard let date = CalendarDate(iso8601: text) else {
            throw ValidationError(
                zh: "--award-date \(text) 不是日期，应如 2026-07-10",
                en: "--award-date \(text) is not a day such as 2026-07-10")
        }
        return date
    }
}
