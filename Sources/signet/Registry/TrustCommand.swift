import ArgumentParser
import Credential
import Results
import Store
import StoreSQLite

struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Import the registry; publish and show the signed trust list.",
        subcommands: [TrustImport.self, TrustPublish.self, TrustShow.self])
}

struct TrustImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import institutions and their filings from CSV.",
        discussion: """
            Columns: 机构代码, 机构名称, 编号前缀, 电话, 网址 (and 名称起始 for a name that changed);
            机构代码, 职业编码, 职业名称, 级别, 备案起始, 备案截止. Rows that are there already are replaced.

            Example:
              signet trust import --institutions institutions.csv --filings filings.csv
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: "CSV of institutions.") var institutions: String?
    @Option(help: "CSV of filings.") var filings: String?

    func validate() throws {
        guard institutions != nil || filings != nil else {
            throw ValidationError("give --institutions, --filings, or both")
        }
    }

    func run() async throws {
        let home = try home.open()
        let institutions = try institutions.map(Self.readInstitutions) ?? []
        let filings = try filings.map(Self.readFilings) ?? []
        // All or nothing: a half-imported registry would refuse good results.
        try await home.openStore().write { transaction in
            for institution in institutions {
                try transaction.save(institution.keepingNames(of: transaction.institution(institution.id)))
            }
            for filing in filings {
                guard try transaction.institution(filing.institution) != nil else {
                    throw CommandFailure(
                        .inputRefused,
                        "a filing names institution \(filing.institution), which is not registered; nothing was imported"
                    )
                }
                try transaction.save(filing)
            }
        }
        print("Imported \(institutions.count) institutions and \(filings.count) filings.")
        print("Next: signet keys create --all, then signet trust publish")
    }

    private static func readInstitutions(_ path: String) throws -> [Institution] {
        let table = try RegistryTable(path: path, columns: [.institutionCode, .institutionName, .numberPrefix])
        var institutions: [InstitutionID: Institution] = [:]
        for row in table.rows {
            let id = InstitutionID(try row.required(.institutionCode))
            guard id.text.utf8.count <= 40, id.text.utf8.allSatisfy({ $0.isIdentifier }) else {
                throw row.refused(.institutionCode, "may have letters and digits only, at most 40")
            }
            let scheme: NumberScheme
            do {
                scheme = try NumberScheme(institutionPrefix: row.required(.numberPrefix))
            } catch let problem as NumberScheme.Problem {
                throw row.refused(.numberPrefix, problem.description)
            }
            let name = Institution.DatedName(
                name: try row.required(.institutionName),
                from: try row.day(.nameFrom) ?? CalendarDate(daysSinceEpoch: 0))
            // Another row of the same institution is another name of it.
            let names = (institutions[id]?.names ?? []) + [name]
            institutions[id] = Institution(
                id: id, names: names, numberScheme: scheme, phone: row.text(.phone), website: row.text(.website))
        }
        return institutions.values.sorted { $0.id < $1.id }
    }

    private static func readFilings(_ path: String) throws -> [Filing] {
        let columns: [RegistryColumn] = [.institutionCode, .occupationCode, .occupationName, .level, .filedFrom]
        return try RegistryTable(path: path, columns: columns).rows.map { row in
            guard let level = SkillLevel(writtenAs: try row.required(.level)) else {
                throw row.refused(.level, "is not a level such as 三级/高级工")
            }
            guard let from = try row.day(.filedFrom) else { throw row.refused(.filedFrom, "is empty") }
            let to = try row.day(.filedTo)
            guard to.map({ from <= $0 }) ?? true else { throw row.refused(.filedTo, "lies before \(from)") }
            return Filing(
                institution: InstitutionID(try row.required(.institutionCode)),
                occupation: Occupation(
                    code: try row.required(.occupationCode), name: try row.required(.occupationName)),
                level: level, from: from, to: to)
        }
    }
}

extension UInt8 {
    fileprivate var isIdentifier: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}

extension Institution {
    /// Names that the file does not speak of stay: certificates were issued under them.
    fileprivate func keepingNames(of stored: Institution?) -> Institution {
        let kept = (stored?.names ?? []).filter { old in !names.contains { $0.from == old.from } }
        return Institution(
            id: id, names: kept + names, numberScheme: numberScheme, phone: phone, website: website)
    }
}
