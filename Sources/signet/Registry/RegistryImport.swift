import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Issuance
import Signing
import Store

struct RegistryImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in tables from CSV or XLSX, all or nothing.",
        discussion: """
            Columns, those in brackets may be left out:
              institutions  机构代码 机构名称 编号前缀 [名称起始 电话 网址]
              filings       机构代码 职业编码 职业名称 级别 备案起始 [备案截止]
              occupations   职业编码 职业名称 [工种/职业方向 启用日期 停用日期 现行编码]
              majors        机构代码 专业名称 [专业代码 毕业年份 毕业生人数]
              eligibility   专业名称 职业编码 结论 日期 依据 [机构代码 专业代码 停用日期]
            Lines that are there already and unchanged are passed over; nothing is ever taken out.

            Examples:
              signet registry import --institutions institutions.csv --filings filings.xlsx
              signet registry import --folder registry --reason "Notice 2026-4"
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: ArgumentHelp("CSV or XLSX.", valueName: "file")) var institutions: String?
    @Option(help: ArgumentHelp("CSV or XLSX.", valueName: "file")) var filings: String?
    @Option(help: ArgumentHelp("CSV or XLSX.", valueName: "file")) var occupations: String?
    @Option(help: ArgumentHelp("CSV or XLSX.", valueName: "file")) var majors: String?
    @Option(help: ArgumentHelp("CSV or XLSX.", valueName: "file")) var eligibility: String?
    @Option(help: ArgumentHelp("Folder with files named like the tables.", valueName: "folder")) var folder: String?
    @Option(help: "Who imports; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = ""
    @Flag(help: "Show what would be new or changed, and its digest; import nothing.") var dryRun = false
    @Option(help: "Import only if what is new or changed has this digest.") var approve: String?
    @OptionGroup var evidence: EvidenceOptions

    private var files: [(kind: RegistryKind, path: String)] {
        let named: [RegistryKind: String?] = [
            .institutions: institutions, .filings: filings, .occupations: occupations, .majors: majors,
            .eligibility: eligibility,
        ]
        return RegistryKind.allCases.compactMap { kind in
            if let path = named[kind] ?? nil { return (kind, path) }
            let inFolder = folder.map { folder in ["csv", "xlsx"].map { "\(folder)/\(kind.rawValue).\($0)" } } ?? []
            return inFolder.first { access($0, F_OK) == 0 }.map { (kind, $0) }
        }
    }

    func validate() throws {
        guard !files.isEmpty else {
            throw ValidationError(
                zh: "请至少指定一个表，或用 --folder 指定含有 filings.csv 等文件的文件夹",
                en: "name at least one table, or a --folder that has files such as filings.csv")
        }
    }

    func run() async throws {
        let home = try home.open()
        let tables = try files.map {
            try RegistryTable($0.kind, RegistryFile.read($0.path, $0.kind, by: ForeignFiles.pool))
        }
        let act = ImportRegistry(tables, reason: reason, approved: try ProposalText.digest(approve))
        if dryRun {
            let proposal = try await home.openStore().read { try act.proposal(in: $0) }
            for line in ProposalText.lines(proposal) { print(line) }
            return
        }
        let office = try await home.openOffice()
        let proposal = try await office.store.read { try act.proposal(in: $0) }
        guard let actor = try await evidence.actor(for: proposal, of: nil, in: office, named: actor) else { return }
        // By then something else may be new or changed.
        let exact = evidence.isGiven ? ImportRegistry(tables, reason: reason, approved: proposal.digest) : act
        let outcome = try await office.perform(exact, by: actor)
        let counts = tables.map { "\($0.rows.count.grouped) \($0.kind.rawValue)" }.joined(separator: ", ")
        if let version = outcome.version {
            print(
                "Read \(counts); \(outcome.changed.grouped) lines are new or changed: registry version \(version.number)."
            )
        } else {
            print("Read \(counts); all of it was known, and the registry is as it was.")
        }
    }
}
