import Acts
import ArgumentParser
import Credential
import Encodings
import Errors
import HomeFolder
import Installation
import Results
import Store

/// Which state of a registry table is meant.
struct RegistrySelection: ParsableArguments {
    @Option(help: "As this version has it; the newest by default.") var version: Int?
    @Option(help: "Only lines of this institution.") var institution: String?

    func entries(_ kind: RegistryKind, _ home: Home) async throws -> [RegistryEntry] {
        let version = version
        let (entries, newest) = try await home.openStore().read { store in
            (try store.registryEntries(kind.rawValue, version: version), try store.registryVersions().last?.number ?? 0)
        }
        if let version, !(1...max(1, newest)).contains(version) {
            throw Refusal(
                .usage, zh: "没有登记版本 \(version)；最新的是 \(newest)",
                en: "there is no registry version \(version); the newest is \(newest)")
        }
        return entries.filter { entry in
            institution.map { entry.cells[RegistryColumn.institutionCode.rawValue] == $0 } ?? true
        }
    }
}

struct RegistryList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show a table, or how many lines each has.",
        discussion: """
            Examples:
              signet registry list
              signet registry list filings --institution 4137012391
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "institutions, filings, occupations, majors or eligibility.") var kind: RegistryKind?
    @OptionGroup var selection: RegistrySelection
    @Flag(help: "One JSON object per line.") var json = false

    func run() async throws {
        let home = try home.open()
        guard let kind else {
            for kind in RegistryKind.allCases {
                let count = try await selection.entries(kind, home).count
                print("\(kind.rawValue)\t\(count.grouped)\t\(kind.title)")
            }
            return
        }
        let entries = try await selection.entries(kind, home)
        if !json { print(kind.columns.map(\.rawValue).joined(separator: "\t")) }
        for entry in entries {
            print(
                json
                    ? try JSONLine.encode(entry.cells)
                    : kind.columns.map { SafeText.shown(entry.cells[$0.rawValue] ?? "") }.joined(separator: "\t"))
        }
    }
}

struct RegistryExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a table to a file that import reads.",
        discussion: """
            The name decides the kind of file.

            Examples:
              signet registry export eligibility --out eligibility.xlsx
              signet registry export filings --version 3 --out filings.csv
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "institutions, filings, occupations, majors or eligibility.") var kind: RegistryKind
    @OptionGroup var selection: RegistrySelection
    @Option(help: ArgumentHelp("Ends in .csv or .xlsx.", valueName: "file")) var out: String

    func validate() throws {
        guard out.hasSuffix(".csv") || out.hasSuffix(".xlsx") else {
            throw ValidationError(
                zh: "--out \(out) 既不以 .csv 也不以 .xlsx 结尾", en: "--out \(out) ends neither in .csv nor in .xlsx")
        }
    }

    func run() async throws {
        let entries = try await selection.entries(kind, home.open())
        let header = kind.columns.map(\.rawValue)
        let rows = entries.map { entry in header.map { entry.cells[$0] ?? "" } }
        try TableFile.write(header, rows, name: kind.title, to: out)
        print("Wrote \(rows.count.grouped) lines to \(out).")
    }
}

struct RegistryHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show who changed the registry, when and why.")

    @OptionGroup var home: HomeOptions

    func run() async throws {
        for version in try await home.open().openStore().read({ try $0.registryVersions() }) {
            let reason = version.approval.reason.isEmpty ? "" : "\t\(version.approval.reason)"
            print("\(version.number)\t\(UTCTime.text(version.approval.time))\t\(version.approval.actor)\(reason)")
        }
    }
}
