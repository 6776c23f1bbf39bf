import Acts
import Credential
import Eligibility
import Errors
import Files
import FoundationEssentials
import Glibc
import Issuance
import Lookup
import Parsing
import PersonalData
import Publishing
import Results
import SampleData
import Seal
import Signing
import StatusList
import Store
import StoreSQLite
import Trust
import Verification

/// A throw-away installation for measuring: a sample sheet, a key, a trust list, an empty store.
struct BenchWorkshop {
    let sheetPath: String
    let store: SQLiteStore
    let trust: VerifiedTrustList
    let key: PrivateKey
    private let folder: String
    private let institution: Institution
    private let planner: BatchPlanner
    private let dataKeys: DataKeys
    /// Signs the status lists.
    let statusKey: PrivateKey
    static let host = "verify.example.org"
    static let workers = ParsingPool()

    init(rows: Int) async throws {
        folder = try Self.temporaryFolder()
        sheetPath = folder + "/results.csv"
        let region = try SampleRegion(seed: 1, candidates: rows)
        let sample = region.institutions[0]
        let chosen = Institution(
            id: sample.id, names: [.init(name: sample.name, from: CalendarDate(daysSinceEpoch: 0))],
            numberScheme: try NumberScheme(institutionPrefix: sample.numberPrefix), phone: sample.phone,
            website: sample.website)
        institution = chosen
        let sheet = try OutputFile(sheetPath)
        try region.singleSheet(institution: chosen.id, rows: rows).write { try sheet.write($0) }
        try sheet.commit()
        let filings = region.filings.filter { $0.institution == chosen.id }
        let store = try SQLiteStore(path: folder + "/signet.sqlite")
        try await store.write { transaction in
            try transaction.save(chosen)
            for filing in filings { try transaction.save(filing) }
        }
        self.store = store
        key = try PrivateKey.generate(.es256)
        statusKey = try PrivateKey.generate(.es256)
        trust = try Self.trustList(chosen, filings, key, statusKey)
        // 64 random bytes, as generated for an installation.
        dataKeys = DataKeys(bytes: try DataKeys.generate())!
        planner = BatchPlanner(
            interpreter: RowInterpreter(try ResultSheet(path: sheetPath, Self.workers), today: Clock.today()),
            policy: EligibilityPolicy(institution: chosen.id, register: FilingRegister(filings)),
            past: try await PastRecords(store: store.forIssuing, dataKeys: dataKeys),
            mostKeptRows: BatchPlanner.keptRowsOfIssue)
    }

    /// From the sheet on disk to certificates that are signed and durable.
    ///
    /// - Parameters:
    ///   - onPlanned: called between reading and signing.
    ///   - onIssued: called as soon as all are durable.
    func issue(onPlanned: () -> Void = {}, onIssued: () -> Void = {}) async throws -> BatchID {
        let sheet = try ResultSheet(path: sheetPath, Self.workers)
        let plan = try await planner.plan(sheet, onFindings: { _ in }, onProgress: { _ in })
        onPlanned()
        let issuer = Issuer(
            store: store.forIssuing, keys: SigningKeys([key]), dataKeys: dataKeys, trust: trust,
            status: StatusTerms(host: Self.host), now: Clock.now)
        let statement = BatchStatement(
            plan, awardDate: plan.latestExam ?? Clock.today(), key: key.publicKey.kid, registryVersion: 0,
            look: DocumentLook())
        let batch = try await issuer.approve(
            plan, statement, of: institution, key: key.publicKey,
            approval: Approval(actor: "bench", reason: "measuring", time: Clock.now()))
        try await issuer.issue(
            batch, plan: plan, sheet: sheet, planner: planner, of: institution, key: key.publicKey)
        onIssued()
        return batch.id
    }

    func sealedCount(of batch: BatchID) async throws -> Int {
        try await store.read { try $0.progress(of: batch).sealed }
    }

    /// Every certificate anew, from planning to signatures that are durable and old versions that are superseded.
    func reissue() async throws -> CampaignID {
        let plan = try await ReissuePlan.gathered(CertificateChange(), CertificateQuery(), in: store.forIssuing)
        let reissuer = Reissuer(
            store: store.forIssuing, keys: SigningKeys([key]), activeKeys: [institution.id: key.publicKey],
            dataKeys: dataKeys,
            trust: trust, status: StatusTerms(host: Self.host), now: Clock.now)
        let campaign = try await reissuer.approve(
            plan, name: "bench", cause: .reissued,
            approval: Approval(actor: "bench", reason: "measuring", time: Clock.now()))
        _ = try await reissuer.run(campaign)
        return campaign.id
    }

    func sealedCount(of campaign: CampaignID) async throws -> Int {
        try await store.read { try $0.progress(of: campaign).sealed }
    }

    /// A list of what was issued, with numbers, names and QR texts.
    func writeQRTexts(to path: String) async throws {
        let file = try OutputFile(path)
        var writer = CSVWriter()
        writer.append(["证书编号", "姓名", "二维码内容"])
        var last: CertificateKey?
        while case let after = last,
            case let page = try await store.read({
                try $0.newestSealedVersions(of: BatchID(1), after: after, limit: 2000)
            }), !page.isEmpty
        {
            for version in page {
                let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
                writer.append([
                    version.number.text, certificate.holderName,
                    version.qrText(host: Self.host, key: key.publicKey),
                ])
            }
            try file.write(writer.take())
            last = page.last?.key.certificate
        }
        try file.commit()
    }

    /// The status lists as a verifier gets them.
    func publishStatus() async throws -> StatusSource {
        let publisher = StatusPublisher(
            store: store.forIssuing, key: statusKey, host: Self.host, folder: folder, actor: "bench", now: Clock.now)
        var status = StatusSource()
        for list in try await publisher.publish(all: true) {
            status.add(try DurableFile.read("\(folder)/\(list.list).jwt"), from: nil, trust: trust)
        }
        return status
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static func trustList(
        _ institution: Institution, _ filings: [Filing], _ key: PrivateKey, _ statusKey: PrivateKey
    ) throws -> VerifiedTrustList {
        let root = try PrivateKey.generate(.es256)
        let now = Clock.now()
        let list = TrustList(
            iss: "bench", sequence: 1, iat: now - 1, nextUpdate: now + 86_400,
            institutions: [
                TrustList.Institution(
                    id: institution.id.text,
                    names: institution.names.map { TrustList.Name(name: $0.name, from: $0.from.description) },
                    keys: [TrustList.Key(key.publicKey, from: now - 1)],
                    filings: filings.map {
                        TrustList.Filing(
                            occupation: $0.occupation.code, name: $0.occupation.name, levels: [$0.level.rawValue],
                            from: $0.from.description, to: $0.to?.description)
                    })
            ], statusKeys: [TrustList.Key(statusKey.publicKey, from: now - 1)])
        return try VerifiedTrustList(jws: list.signed(by: root), root: root.publicKey)
    }

    private static func temporaryFolder() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/signet-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Refusal(.disk, FileOperation.makeFolder.failure(base, errno))
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
