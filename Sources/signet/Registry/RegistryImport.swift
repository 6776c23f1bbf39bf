import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import Glibc
import Installation
import Issuance
import Signing
import Store
import StoreSQLite

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
            throw ValidationError("name at least one table, or a --folder that has files such as filings.csv")
        }
    }

    func run() async throws {
        let home = try home.open()
        var tables: [(kind: RegistryKind, rows: [RegistryRow], entries: [RegistryEntry])] = []
        for (kind, path) in files {
            let rows = try RegistryRow.read(path, kind)
            tables.append((kind, rows, try Self.entries(of: rows, kind)))
        }
        let approval = Approval(actor: actor ?? Login.name, reason: reason, time: Clock.now())
        let read = tables
        let store = try await home.openStoreToAct()
        // All or nothing: a half-imported registry would refuse good results.
        let (version, changed) = try await home.authority(of: store).carryOut(
            .importRegistry, by: Login.actor(actor)
        ) {
            let outcome = try await store.write { transaction in
                try Self.save(read.map { ($0.kind, $0.rows) }, in: transaction)
                let changed = try read.flatMap { table in
                    let known = Set(try transaction.registryEntries(table.kind.rawValue, version: nil))
                    return table.entries.filter { !known.contains($0) }
                }
                guard !changed.isEmpty else { return (nil as RegistryVersion?, 0) }
                let version = try transaction.save(changed, approval: approval)
                try transaction.append(
                    AuditAct(
                        .registryImported, approval, subject: [.registry: .number(version.number)],
                        digest: Self.digest(of: changed)))
                return (version, changed.count)
            }
            return (outcome, approval.time)
        }
        let counts = tables.map { "\($0.rows.count.grouped) \($0.kind.rawValue)" }.joined(separator: ", ")
        if let version {
            print("Read \(counts); \(changed.grouped) lines are new or changed: registry version \(version.number).")
        } else {
            print("Read \(counts); all of it was known, and the registry is as it was.")
        }
    }

    private static func digest(of entries: [RegistryEntry]) throws -> [UInt8] {
        let lines = try entries.map { "\($0.kind)\n\($0.key)\n\(try JSONLine.encode($0.cells))\n" }.sorted()
        return try SHA256.digest(lines.joined().utf8)
    }

    private static func entries(of rows: [RegistryRow], _ kind: RegistryKind) throws -> [RegistryEntry] {
        var entries: [String: (entry: RegistryEntry, place: String)] = [:]
        return try rows.map { row in
            let entry = try kind.entry(row)
            if let other = entries.updateValue((entry, row.place), forKey: entry.key), other.entry != entry {
                throw Refusal(
                    .refused, "\(row.place) contradicts \(other.place); keep the right one; nothing was imported")
            }
            return entry
        }.reduce(into: []) { unique, entry in if entries.removeValue(forKey: entry.key) != nil { unique.append(entry) }
        }
    }

    /// What the store refers to from other tables.
    private static func save(
        _ tables: [(RegistryKind, [RegistryRow])], in transaction: any AdministrationWriting
    ) throws {
        for (kind, rows) in tables where kind == .institutions {
            for row in rows {
                let institution = try Institution(row)
                try transaction.save(institution.keepingNames(of: transaction.institution(institution.id)))
            }
        }
        for (kind, rows) in tables where kind != .institutions && kind != .occupations {
            for row in rows where !row.text(.institutionCode).isEmpty {
                let id = InstitutionID(row.text(.institutionCode))
                guard try transaction.institution(id) != nil else {
                    throw row.refused(.institutionCode, "institution \(id) is not registered; import it first")
                }
                if kind == .filings { try transaction.save(Filing(row)) }
            }
        }
    }
}
