import Accounts
import Acts
import ArgumentParser
import Credential
import Errors
import Files
import Installation
import Store

struct SheetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheets", abstract: "Put sheets of results into the portal.", subcommands: [SheetsAdd.self])
}

struct SheetsAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Begin a sheet with a file, as its registrar's page does.",
        discussion: """
            For files that do not come by a browser. The registrar finds the sheet in the portal, mends and submits it. The \
            same file again leads to the same sheet.

            Example:
              signet sheets add june.xlsx --account 3fa2… --title "June 2026"
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "CSV or XLSX.") var file: String
    @Option(help: "The registrar's; see: signet accounts list.") var account: String
    @Option(help: "What the sheet is called; without it, as the file is.") var title: String?

    func run() async throws {
        let office = try await home.open().openOffice()
        let (owner, day) = (try AccountID(argument: account), Clock.today())
        let institutions = try await office.store.read { store in
            try store.roles(of: owner).filter { $0.role == Role.registrar.rawValue && $0.isGood(on: day) }
                .compactMap(\.institution)
        }
        guard let institution = institutions.first, institutions.count == 1 else {
            throw Refusal(
                .refused, zh: "该账号不是某一所院校的考务员", en: "the account is no registrar of one institution")
        }
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let bytes = try DurableFile.read(file, limit: UploadSheet.maximumSize)
        let sheet = try await UploadSheet(in: office)(
            bytes, named: name, title: title ?? name, of: institution, by: owner, at: Clock.now())
        let id = sheet.id.value
        print(spoken(zh: "成绩表 \(id)：/sheets/\(id)", en: "sheet \(id): /sheets/\(id)"))
    }
}
