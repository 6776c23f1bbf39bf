import Credential
import Documents
import Eligibility
import Errors
import Files
import Glibc
import HomeFolder
import Issuance
import Parsing
import PersonalData
import Rendering
import Results
import Store

/// The registry and the rules by which sheets are judged, read once for all sheets of a command.
package struct SheetDesk: Sendable {
    private let registryVersion: Int
    private let institutions: [Institution]
    private let register: FilingRegister
    private let occupations: OccupationRegister
    private let matrix: EligibilityMatrix
    private let rules: PassRules
    private let roster: Roster?
    private let dataKeys: DataKeys
    private let today: CalendarDate
    private let office: Office
    private let glyphs: GlyphPreflight
    private let mostKeptRows: Int

    /// - Parameters:
    ///   - roster: of students, to compare names with.
    ///   - isIssuing: whether what is judged will be certified.
    ///   - readsFiles: whether files will be opened that need a worker.
    package init(
        in office: Office, roster: Roster? = nil, isIssuing: Bool = false, readsFiles: Bool = true
    ) async throws {
        if readsFiles { office.workers.prepareForSheets() }
        mostKeptRows = isIssuing ? BatchPlanner.keptRowsOfIssue : 0
        // At once, so that all of it is of the version that is named.
        let registry = try await office.store.read { store in
            let institutions = try store.institutions()
            return (
                version: try store.registryVersions().last?.number ?? 0, institutions: institutions,
                filings: try institutions.flatMap { try store.filings(of: $0.id) },
                occupations: try store.registryEntries(RegistryKind.occupations.rawValue, version: nil),
                eligibility: try store.registryEntries(RegistryKind.eligibility.rawValue, version: nil)
            )
        }
        registryVersion = registry.version
        institutions = registry.institutions
        register = FilingRegister(registry.filings)
        occupations = OccupationRegister(
            try registry.occupations.map { try OccupationEntry(RegistryRow($0)) })
        matrix = EligibilityMatrix(try registry.eligibility.map { try MajorVerdict(RegistryRow($0)) })
        let rulesPath = office.home.path + "/pass-rules.json"
        rules = access(rulesPath, F_OK) == 0 ? try PassRules(json: DurableFile.read(rulesPath)) : PassRules()
        self.roster = roster
        dataKeys = try office.home.dataKeys()
        today = Clock.today()
        self.office = office
        glyphs = try GlyphPreflight(PageTemplate(.landscape))
    }

    /// - Parameters:
    ///   - stem: for the names of what is made from it.
    ///   - institution: by its id; without it the sheet must say whose it is.
    package func open(_ path: String, stem: String, institution: String?) async throws -> SheetJob {
        do {
            let sheet = try ResultSheet(path: path, office.workers)
            let interpreter = RowInterpreter(sheet, today: today)
            let id = try institution ?? institutionCode(in: sheet, interpreter) ?? { throw Self.unnamed(path, sheet) }()
            return try await job(of: sheet, interpreter, path: path, stem: stem, institution: id)
        } catch let problem as SheetProblem { throw Self.refusal(of: path, problem) }
    }

    /// A sheet of this institution in the portal, with what was mended in it and answered for it.
    ///
    /// - Parameter answers: by row key.
    package func open(
        _ file: [UInt8], named name: String, of institution: InstitutionID, overlay: SheetOverlay,
        answers: [[UInt8]: FrozenRow.Answer]
    ) async throws -> SheetJob {
        do {
            let sheet = try ResultSheet(file, name: name, office.workers).overlaid(with: overlay)
            return try await job(
                of: sheet, RowInterpreter(sheet, today: today), path: name, stem: name, institution: institution.text,
                answers: answers.mapValues { Set($0.rules) })
        } catch let problem as SheetProblem { throw Self.refusal(of: name, problem) }
    }

    /// What was submitted, read in this process: it must be to the byte what ``FrozenSheet`` writes.
    package func open(frozen bytes: [UInt8], of submission: Submission) async throws -> SheetJob {
        try await open(FrozenSheet(bytes), of: submission.institution, named: "submission-\(submission.id.value)")
    }

    func open(
        _ frozen: FrozenSheet, of institution: InstitutionID, named name: String
    ) async throws -> SheetJob {
        var job = try await job(
            of: frozen.sheet, RowInterpreter(frozen.sheet, today: today), path: name, stem: name,
            institution: institution.text, settledRows: frozen.answers.mapValues { Set($0.rules) })
        job.answers = frozen.answers
        return job
    }

    private func job(
        of sheet: ResultSheet, _ interpreter: RowInterpreter, path: String, stem: String, institution id: String,
        answers: [[UInt8]: Set<String>] = [:], settledRows: [Int: Set<String>] = [:]
    ) async throws -> SheetJob {
        guard let registered = institutions.first(where: { $0.id.text == id }) else {
            throw Refusal(
                .refused, zh: "\(path)：机构 \(id) 没有登记，请先导入。",
                en: "\(path): Institution \(id) is not registered; import it", remedy: .importRegistry)
        }
        let policy = EligibilityPolicy(
            institution: registered.id, register: register, rules: rules, occupations: occupations,
            matrix: matrix, roster: roster)
        // Read anew for each sheet: the one before may have issued.
        let past = try await PastRecords(
            store: office.store.forIssuing, dataKeys: dataKeys, answers: answers, settledRows: settledRows)
        let preflight = try preflight(for: registered)
        return SheetJob(
            path: path, sheet: sheet, institution: registered,
            planner: BatchPlanner(
                interpreter: interpreter, policy: policy, past: past, preflight: preflight.rules(for:_:),
                mostKeptRows: mostKeptRows), registryVersion: registryVersion, stem: stem)
    }

    /// By the look of the institution's own documents, where it has one.
    private func preflight(for institution: Institution) throws -> PrintPreflight {
        let own = try InstitutionLooks(in: office).ownTemplate(of: institution.id)
        return try PrintPreflight(
            glyphs: own.map { try GlyphPreflight($0) } ?? glyphs, host: office.home.config.host,
            institution: institution)
    }

    /// Names the file, which the problem does not.
    package static func refusal(of path: String, _ problem: SheetProblem) -> Refusal {
        Refusal(problem.category, problem.words.prefixed(with: problem.codeName).prefixed(with: path))
    }

    /// The first that is registered, or the first; a row of another institution is refused later, by name.
    private func institutionCode(in sheet: ResultSheet, _ interpreter: RowInterpreter) throws -> String? {
        guard sheet.tables.contains(where: { $0.column(of: .institutionCode) != nil }) else { return nil }
        var reader = sheet.reader()
        var first: String?
        while let chunk = try reader.nextChunk() {
            let codes = interpreter.institutionCodes(in: chunk)
            if let code = codes.first(where: { code in institutions.contains { $0.id.text == code } }) { return code }
            first = first ?? codes.first
        }
        return first
    }

    private static func unnamed(_ path: String, _ sheet: ResultSheet) -> Refusal {
        let hasColumn = sheet.tables.contains { $0.column(of: .institutionCode) != nil }
        let words =
            hasColumn
            ? BilingualText(
                zh: "“机构代码”列中没有机构，请填写，或用 --institution 指定。",
                en: "The column 机构代码 names no institution; fill it in, or give --institution.")
            : BilingualText(
                zh: "没有“机构代码”列，不知道是哪个机构的；请加上，或用 --institution 指定。",
                en: "There is no column 机构代码 that names the institution; add it, or give --institution.")
        return Refusal(.usage, words.prefixed(with: path))
    }
}
