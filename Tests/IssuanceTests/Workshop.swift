import Credential
import Eligibility
import Files
import Foundation
import Issuance
import PersonalData
import Publishing
import Results
import SampleData
import Seal
import Signing
import Store
import StoreSQLite
import TestSupport
import Trust
import Verification

/// One institution with a sheet of sample results, its keys and its trust list, in a folder of its own.
final class Workshop {
    static let now = 1_790_000_000
    static let today = CalendarDate(daysSinceEpoch: now / 86_400)

    let folder: TemporaryDirectory
    let institution: Institution
    let filings: [Filing]
    let key: PrivateKey
    let root: PrivateKey
    let statusKey: PrivateKey
    static let host = "verify.example.org"
    let dataKeys: DataKeys
    var rules = PassRules()
    var today = Workshop.today
    var listSize = 1 << 20
    var sheetPath: String { folder.path + "/results.csv" }
    var databasePath: String { folder.path + "/signet.sqlite" }

    init(rows: Int = 400) async throws {
        folder = try TemporaryDirectory()
        let region = try SampleRegion(seed: 7, candidates: rows)
        let sample = region.institutions[2]
        institution = Institution(
            id: sample.id, names: [.init(name: sample.name, from: CalendarDate(daysSinceEpoch: 0))],
            numberScheme: try NumberScheme(institutionPrefix: sample.numberPrefix), phone: "", website: "")
        filings = region.filings.filter { $0.institution == sample.id }
        key = try PrivateKey.generate(.es256)
        root = try PrivateKey.generate(.es256)
        statusKey = try PrivateKey.generate(.es256)
        // 64 bytes, as generated.
        dataKeys = DataKeys(bytes: try DataKeys.generate())!
        var text: [UInt8] = []
        try region.singleSheet(institution: sample.id, rows: rows).write { text += $0 }
        try write(text)
        let (institution, filings) = (institution, filings)
        try await openStore().write { transaction in
            try transaction.save(institution)
            for filing in filings { try transaction.save(filing) }
        }
    }

    func openStore() throws -> SQLiteStore { try SQLiteStore(path: databasePath) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: sheetPath)) }
    func lines() throws -> [String] {
        try String(contentsOfFile: sheetPath, encoding: .utf8).split(separator: "\n").map(String.init)
    }
    func write(lines: [String]) throws { try write(Array((lines.joined(separator: "\n") + "\n").utf8)) }

    /// A list with one key entry, changed by the caller.
    func trust(
        nextUpdate: Int = now + 86_400, hasStatusKey: Bool = true,
        _ change: (inout TrustList.Key) -> Void = { _ in }
    ) throws -> VerifiedTrustList {
        var entry = TrustList.Key(key.publicKey, from: Self.now - 1000)
        change(&entry)
        let list = TrustList(
            iss: "test", sequence: 1, iat: Self.now - 1000, nextUpdate: nextUpdate,
            institutions: [
                TrustList.Institution(
                    id: institution.id.text, names: [], keys: [entry],
                    filings: filings.map {
                        TrustList.Filing(
                            occupation: $0.occupation.code, name: $0.occupation.name, levels: [$0.level.rawValue],
                            from: $0.from.description, to: $0.to?.description)
                    })
            ], statusKeys: hasStatusKey ? [TrustList.Key(statusKey.publicKey, from: Self.now - 1000)] : nil)
        return try VerifiedTrustList(jws: list.signed(by: root), root: root.publicKey)
    }

    /// With fewer than the sheet has, chunks are judged twice.
    var mostKeptRows = 100_000

    /// Small chunks, so that a small sheet has many.
    func sheet() throws -> ResultSheet { try ResultSheet(path: sheetPath, chunkRows: 60) }

    func planner() async throws -> BatchPlanner {
        BatchPlanner(
            interpreter: RowInterpreter(try sheet(), today: today),
            policy: EligibilityPolicy(institution: institution.id, register: FilingRegister(filings), rules: rules),
            past: try await PastRecords(store: openStore().forIssuing, dataKeys: dataKeys), mostKeptRows: mostKeptRows)
    }

    func plan() async throws -> (plan: BatchPlan, findings: [Finding]) {
        var findings: [Finding] = []
        let plan = try await planner().plan(sheet(), onFindings: { findings += $0 }, onProgress: { _ in })
        return (plan, findings)
    }

    func privateRecord(of version: SealedVersion) throws -> PrivateRecord {
        let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
        return try IdentityProtector(dataKeys).open(version.privateBox, for: certificate.id)
    }

    func issuer(_ store: any Store, trust: VerifiedTrustList? = nil) throws -> Issuer {
        Issuer(
            store: store.forIssuing, keys: SigningKeys([key]), dataKeys: dataKeys, trust: try trust ?? self.trust(),
            status: StatusTerms(host: Self.host, listSize: listSize), now: { Self.now })
    }

    func publisher(_ store: any Store, now: Int = Workshop.now) -> StatusPublisher {
        StatusPublisher(
            store: store.forIssuing, key: statusKey, host: Self.host, folder: folder.path, actor: "tester", now: { now }
        )
    }

    /// All lists published afresh, as a verifier gets them.
    func publishedStatus(_ store: any Store) async throws -> StatusSource {
        var status = StatusSource()
        for list in try await publisher(store).publish(all: true) {
            status.add(try DurableFile.read("\(folder.path)/\(list.list).jwt"), from: nil, trust: try trust())
        }
        return status
    }

    func approve(
        _ plan: BatchPlan, with issuer: Issuer, awardDate: CalendarDate? = nil, isValidFromAwardDate: Bool = false
    ) async throws -> Batch {
        let statement = BatchStatement(
            plan, awardDate: awardDate ?? plan.latestExam ?? Self.today, key: key.publicKey.kid, registryVersion: 0,
            look: DocumentLook())
        return try await issuer.approve(
            plan, statement, of: institution, key: key.publicKey, isValidFromAwardDate: isValidFromAwardDate,
            approval: Approval(actor: "tester", reason: "", time: Self.now))
    }

    /// All steps, from a store opened anew as after a restart.
    @discardableResult
    func issue(
        store: (any Store)? = nil, onFindings: @escaping ([Finding]) throws -> Void = { _ in },
        onStep: @escaping (IssuanceStep) throws -> Void = { _ in }
    ) async throws -> Batch {
        let issuer = try issuer(try store ?? openStore())
        let plan = try await plan().plan
        let batch = try await approve(plan, with: issuer)
        try await issuer.issue(
            batch, plan: plan, sheet: sheet(), planner: await planner(), of: institution, key: key.publicKey,
            onFindings: onFindings, onStep: onStep)
        return batch
    }
}
