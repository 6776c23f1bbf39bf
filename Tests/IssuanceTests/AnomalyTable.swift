import Credential
import Eligibility
import Foundation
import Issuance
import PersonalData
import Results
import Signing
import Store
import StoreSQLite
import TestSupport

/// One row of the domain's table of anomalies, planted in a sheet of results.
struct Anomaly: Sendable, CustomStringConvertible {
    typealias Row = [Field: WorkbookSheet.Value]

    let number: Int
    let what: String
    /// Rows to plant, each sound but for these cells, and where each must end.
    let rows: [(cells: Row, bin: Bin)]
    /// Whether the rows are about one candidate.
    var isOnePerson = false

    var description: String { "\(number) \(what)" }

    init(_ number: Int, _ what: String, _ bin: Bin, _ cells: Row...) {
        (self.number, self.what) = (number, what)
        rows = cells.map { ($0, bin) }
    }

    init(_ number: Int, _ what: String, onePerson rows: [(Row, Bin)]) {
        (self.number, self.what) = (number, what)
        self.rows = rows.map { (cells: $0.0, bin: $0.1) }
        isOnePerson = true
    }
}

extension Anomaly {
    /// The anomalies of rows; those of whole files are tested one by one in ``AnomalyFileTests``.
    static let all: [Anomaly] = names + documents + marks + occupations + structure

    private static let names = [
        Anomaly(
            3, "characters outside GBK are kept", .issued, [.name: .text("䶮㛃")], [.name: .text("王𬱖")],
            [.name: .text("𠮷野")]),
        Anomaly(
            4, "lost characters", .quarantined, [.name: .text("张?丽")], [.name: .text("张\u{FFFD}")],
            [.name: .text("张\u{E000}")]),
        Anomaly(
            5, "separators", .issued, [.name: .text("阿依古丽•买买提")], [.name: .text("阿依古丽・买买提")], [.name: .text("阿依古丽．买买提")]
        ),
        Anomaly(
            6, "spaces in a short name", .issued, [.name: .text("张 丽")],
            [.name: .text("Anna Maria Lee"), .documentKind: .text("护照"), .documentNumber: .text("E12345678")]),
        Anomaly(
            8, "no name of a resident identity card", .quarantined, [.name: .text("Zhang San")],
            [.name: .text("Anna Lee")]),
        Anomaly(8, "pasted from the web", .quarantined, [.name: .text("張(zhāng)")]),
        Anomaly(11, "spaces nobody sees", .issued, [.name: .text("张晓丽\u{200B} ")], [.name: .text("\u{A0}张晓丽")]),
    ]

    private static let documents = [
        Anomaly(9, "full-width digits", .issued, [.documentNumber: .text(number(3).fullWidth)]),
        Anomaly(10, "small x", .issued, [.documentNumber: .text(numberWithX.lowercased())]),
        Anomaly(
            12, "text markers", .issued, [.documentNumber: .text("'" + number(5))],
            [.documentNumber: .text("=\"\(number(7))\"")]),
        Anomaly(13, "scientific notation", .rejected, [.documentNumber: .text("3.70702E+17")]),
        Anomaly(14, "stored as a number", .rejected, [.documentNumber: .number("370702200302291000")]),
        Anomaly(
            14, "digits lost before the sheet was saved", .rejected, [.documentNumber: .text("370704200610032000")],
            [.documentNumber: .text("370703200503277000")]),
        Anomaly(15, "fifteen digits", .quarantined, [.documentNumber: .text("370702030229123")]),
        Anomaly(
            16, "bad checksum", .quarantined,
            [.documentNumber: .text(String(number(9).dropLast()) + (number(9).hasSuffix("1") ? "2" : "1"))]),
        Anomaly(17, "a date that never was", .quarantined, [.documentNumber: .text("370702200302291239")]),
        Anomaly(18, "sex of the number and of the row", .quarantined, [.sex: .text("男")]),
        Anomaly(19, "age", .issued, [.documentNumber: .text(SampleSheet.identityNumber(2, birth: "19300101"))]),
        Anomaly(
            20, "number that does not fit its type", .quarantined, [.documentKind: .text("护照")],
            [.documentNumber: .text("E12345678")]),
        Anomaly(
            21, "one number, two names",
            onePerson: [
                ([:], .quarantined),
                (
                    [
                        .name: .text("王晓丽"), .occupationCode: .text("5-05-01-02"), .occupationName: .text("农业经理人"),
                        .specialisation: .nothing,
                    ], .quarantined
                ),
            ]),
        Anomaly(22, "one name, two numbers", .issued, [.name: .text("李明")], [.name: .text("李明")]),
        Anomaly(23, "the same row twice", onePerson: [([:], .issued), ([:], .merged)]),
        Anomaly(
            24, "the same candidate with other marks",
            onePerson: [([:], .quarantined), ([.theory: .text("90")], .quarantined)]),
        Anomaly(
            24, "passed in one row and failed in another",
            onePerson: [([.theory: .text("50"), .statedOutcome: .nothing], .quarantined), ([:], .quarantined)]),
        Anomaly(
            25, "two occupations",
            onePerson: [
                ([:], .issued),
                (
                    [.occupationCode: .text("5-05-01-02"), .occupationName: .text("农业经理人"), .specialisation: .nothing],
                    .issued
                ),
            ]),
        Anomaly(59, "a short student number", .issued, [:], [:], [:], [.studentNumber: .text("2301")]),
    ]

    private static let marks = [
        Anomaly(27, "absent", .absent, [.theory: .text("缺考"), .skill: .text("缺考"), .statedOutcome: .nothing]),
        Anomaly(28, "blank", .quarantined, [.theory: .nothing]),
        Anomaly(28, "zero", .failed, [.theory: .number("0"), .statedOutcome: .nothing]),
        Anomaly(29, "misconduct", .void, [.remark: .text("作弊")], [.remark: .text("违纪，成绩作废")]),
        Anomaly(
            29, "perhaps misconduct", .quarantined, [.remark: .text("成绩已取消")], [.remark: .text("作弊嫌疑已排除")]),
        Anomaly(30, "deferred", .pending, [.theory: .text("缓考"), .skill: .text("缓考"), .statedOutcome: .nothing]),
        Anomaly(
            31, "a resit completes an earlier attempt",
            onePerson: [
                ([.theory: .text("50"), .statedOutcome: .nothing], .failed),
                (
                    [.theory: .text("66"), .skill: .nothing, .remark: .text("补考"), .examDate: .text("2026-09-12")],
                    .issued
                ),
            ]),
        Anomaly(31, "a resit without anything to complete", .quarantined, [.skill: .nothing, .remark: .text("补考")]),
        Anomaly(32, "ornaments", .issued, [.theory: .text("60分")], [.theory: .text("６０")], [.theory: .text("85↓")]),
        Anomaly(33, "words", .quarantined, [.theory: .text("合格")]),
        Anomaly(
            34, "no mark at all", .quarantined, [.theory: .text("101")], [.theory: .text("-5")],
            [.theory: .text("NaN")], [.theory: .error("#N/A")]),
        Anomaly(36, "stated passed, and failed", .quarantined, [.theory: .text("59.5")]),
    ]

    private static let occupations = [
        Anomaly(7, "another form than the roster's", .quarantined, [.name: .text("張曉麗")]),
        Anomaly(
            37, "dates", .issued, [.examDate: .text("2026年6月20日")], [.examDate: .text("2026/6/20")],
            [.examDate: .text("2026.06.20")], [.examDate: .text("20260620")]),
        Anomaly(38, "serials", .issued, [.examDate: .number("46193")], [.examDate: .date("46193")]),
        Anomaly(
            38, "days that programs made", .quarantined, [.examDate: .date("46193.99950231")], [.examDate: .date("1")]),
        Anomaly(39, "no day", .quarantined, [.examDate: .text("2026年6月")]),
        Anomaly(39, "two readings", .quarantined, [.examDate: .text("26/6/7")]),
        Anomaly(40, "an exam to come", .rejected, [.examDate: .text("2027-06-20")]),
        Anomaly(
            41, "levels", .issued, [.level: .text("3")], [.level: .text("三级")], [.level: .text("高级工")],
            [.level: .text("高级")]),
        Anomaly(41, "高级技师 is not 高级工", .rejected, [.level: .text("高级技师")]),
        Anomaly(42, "flags", .issued, [.occupationName: .text("物流服务师L")]),
        Anomaly(
            43, "a specialisation as occupation", .quarantined,
            [.occupationName: .text("冷链物流员"), .occupationCode: .nothing]),
        Anomaly(44, "a former name", .quarantined, [.occupationName: .text("物流师"), .occupationCode: .nothing]),
        Anomaly(44, "a former code", .quarantined, [.occupationName: .nothing, .occupationCode: .text("4-02-06-99")]),
        Anomaly(45, "code and name", .quarantined, [.occupationCode: .text("5-05-01-02")]),
        Anomaly(46, "not filed at this level", .rejected, [.level: .text("五级/初级工")]),
        Anomaly(46, "not filed yet", .rejected, [.examDate: .text("2020-06-20")]),
        Anomaly(47, "a major that is not approved", .rejected, [.major: .text("戏剧表演")]),
        Anomaly(48, "no specialisation", .issued, [.specialisation: .nothing], [.specialisation: .text("--")]),
    ]

    private static let structure = [
        Anomaly(
            50, "totals and signatures", .skipped, [.serial: .text("合计")].clearingOthers,
            [.serial: .text("制表：张老师")].clearingOthers),
        Anomaly(52, "a formula with its value", .issued, [.theory: .formula("85")]),
        Anomaly(52, "a formula without", .quarantined, [.theory: .formula(nil)]),
    ]

    static func number(_ sequence: Int) -> String { SampleSheet.identityNumber(sequence * 2 + 400) }

    private static let numberWithX = (0..<400).map(number).first { $0.hasSuffix("X") }!
}

extension [Field: WorkbookSheet.Value] {
    /// A row of this alone.
    fileprivate var clearingOthers: Self {
        merging(SampleSheet.header.filter { self[$0] == nil }.map { ($0, .nothing) }) { first, _ in first }
    }
}

extension String {
    fileprivate var fullWidth: String {
        String(String.UnicodeScalarView(unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
    }
}

/// A registry that knows what the sample rows need, and the planner of one institution.
struct PlantedDesk {
    static let institution = InstitutionID("4137012391")
    let store: SQLiteStore
    let folder: TemporaryDirectory
    let dataKeys: DataKeys
    var rules = PassRules()
    var roster: Roster?

    init() async throws {
        folder = try TemporaryDirectory()
        store = try SQLiteStore(path: folder.path + "/signet.sqlite")
        // 64 random bytes.
        dataKeys = DataKeys(bytes: try DataKeys.generate())!
        let institution = Institution(
            id: Self.institution, names: [.init(name: "潍坊职业学院", from: CalendarDate(daysSinceEpoch: 0))],
            numberScheme: try NumberScheme(institutionPrefix: "Y000037000001"), phone: "", website: "")
        try await store.write { try $0.save(institution) }
    }

    func plan(_ bytes: [UInt8], declaredCount: Int? = nil) async throws -> (plan: BatchPlan, findings: [Finding]) {
        let path = folder.path + "/sheet"
        try Data(bytes).write(to: URL(filePath: path))
        let sheet = try ResultSheet(path: path, chunkRows: 16)
        var findings: [Finding] = sheet.findings
        let plan = try await planner(sheet).plan(
            sheet, declaredCount: declaredCount, onFindings: { findings += $0 }, onProgress: { _ in })
        return (plan, findings)
    }

    /// Where each row ends, by row.
    func bins(_ bytes: [UInt8]) async throws -> [Int: Bin] {
        let plan = try await plan(bytes).plan
        let sheet = try ResultSheet(path: folder.path + "/sheet", chunkRows: 16)
        var bins: [Int: Bin] = [:]
        try await planner(sheet).outcomes(of: sheet, plan) { for row in $0 { bins[row.sheetRow] = row.bin } }
        var counts = BinCounts()
        for bin in bins.values { counts.add(bin) }
        precondition(counts == plan.bins)
        return bins
    }

    func planner(_ sheet: ResultSheet) async throws -> BatchPlanner {
        let policy = EligibilityPolicy(
            institution: Self.institution, register: Self.register, rules: rules, occupations: Self.occupations,
            matrix: Self.matrix, roster: roster)
        return BatchPlanner(
            interpreter: RowInterpreter(sheet, today: SampleSheet.today), policy: policy,
            past: try await PastRecords(store: store.forIssuing, dataKeys: dataKeys))
    }

    static let logistics = Occupation(code: "4-02-06-03", name: "物流服务师")
    static let farming = Occupation(code: "5-05-01-02", name: "农业经理人")

    private static let register = FilingRegister(
        [logistics, farming].map {
            Filing(
                institution: institution, occupation: $0, level: .seniorWorker, from: SampleSheet.day("2024-01-01"),
                to: nil)
        })

    private static let occupations = OccupationRegister([
        entry(logistics, ["冷链物流员", "物流信息员"], "2022-10-01", nil, nil),
        entry(Occupation(code: "4-02-06-03", name: "物流师"), [], "2015-01-01", "2022-09-30", nil),
        entry(Occupation(code: "4-02-06-99", name: "仓储管理员"), [], "2015-01-01", "2022-09-30", "4-02-06-03"),
        entry(farming, [], "2022-10-01", nil, nil),
    ])

    private static let matrix = EligibilityMatrix(
        [logistics, farming].map {
            MajorVerdict(
                institution: institution, major: "现代物流管理", occupationCode: $0.code, isApproved: true,
                from: SampleSheet.day("2019-01-01"), to: nil, basis: "专家组 1 号")
        })

    private static func entry(
        _ occupation: Occupation, _ specialisations: [String], _ from: String, _ to: String?, _ successor: String?
    ) -> OccupationEntry {
        OccupationEntry(
            occupation: occupation, specialisations: specialisations, from: SampleSheet.day(from),
            to: to.map(SampleSheet.day), successorCode: successor)
    }
}
