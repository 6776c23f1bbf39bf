import Accounts
import Acts
import Audit
import AuditLog
import Credential
import Documents
import Errors
import Files
import Foundation
import HomeFolder
import Installation
import Issuance
import Jobs
import Keyring
import Logging
import Lookup
import Parsing
import Rendering
import Results
import SampleData
import Seal
import Signing
import StatusList
import Store
import Synchronization
import TestSupport
import Testing
import Trust
import Verification

/// An office from its first day on, by acts alone: no command, no server.
@Suite struct OfficeLifeTests {
    private static let officer = Actor("officer", by: .commandLine, may: Set(Permission.allCases))
    private static let secret = Passphrase("a passphrase for tests".utf8)
    private static let awardDate = SampleSheet.day("2026-07-10")

    private let folder: TemporaryDirectory
    private let office: Office
    private let sheets: [String]

    init() async throws {
        folder = try TemporaryDirectory()
        let (home, sample) = (folder.path + "/home", folder.path + "/sample")
        _ = try await Home.create(
            home, HomeConfig(authority: "潍坊市技能鉴定中心", host: "verify.example.org"), algorithm: .es256,
            passphrase: Self.secret, by: Self.officer)
        let workers = ParsingPool(arguments: [Products.signet, ParsingPool.command])
        office = try await Home(path: home, pin: { Self.secret }).openOffice(workers: workers)
        let region = try SampleRegion(seed: 7, candidates: 120)
        try Folder.create(sample)
        try Folder.create(sample + "/results")
        let files = region.files()
        for file in files { try Self.write(file, in: sample) }
        sheets = files.map(\.path).filter { $0.hasPrefix("results/") }.map { "\(sample)/\($0)" }
        let tables = try RegistryKind.allCases.map { kind in
            try RegistryTable(kind, RegistryFile.read("\(sample)/\(kind.rawValue).csv", kind, by: workers))
        }
        try await importRegistry(tables)
        let create = CreateKeys(in: office, .es256)
        for institution in region.institutions.prefix(2).map(\.id) {
            _ = try await create(
                for: institution, in: nil, pin: Self.secret, passphrase: Self.secret, by: Self.officer)
        }
        _ = try await PublishTrustList(in: office, reason: "first")(by: Self.officer, passphrase: Self.secret)
    }

    private static func write(_ file: SampleFile, in folder: String) throws {
        let output = try OutputFile("\(folder)/\(file.path)")
        let encoder = try file.encoding == .gb18030 ? GB18030Encoder() : nil
        try file.write { try output.write(encoder?.encode($0) ?? $0) }
        try output.commit()
    }

    /// By its proposal: whoever approved another one is refused.
    private func importRegistry(_ tables: [RegistryTable]) async throws {
        let act = ImportRegistry(tables, reason: "first")
        let proposal = try await office.store.read { try act.proposal(in: $0) }
        #expect(proposal.count > 20)
        let other = ImportRegistry(tables, reason: "first", approved: [UInt8](repeating: 1, count: 32))
        await #expect(throws: Refusal.self) { try await office.perform(other, by: Self.officer) }
        let approved = ImportRegistry(tables, reason: "first", approved: proposal.digest)
        #expect(try await office.perform(approved, by: Self.officer).changed == proposal.count)
        #expect(try await office.store.read { try act.proposal(in: $0) }.count == 0)
    }

    /// - Returns: the batch, and what was asked before it was signed.
    private func issue(approve: Bool = true) async throws -> (batch: Batch, numbers: [CertificateNumber])? {
        let trust = try office.home.requiredTrustList()
        let desk = try await SheetDesk(in: office, isIssuing: true)
        let job = try await desk.open(sheets[0], stem: "first", institution: nil)
        let plan = try await job.plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        let propose = ProposeBatch(in: office, trust: trust, awardDate: Self.awardDate, look: LookChoice(), photos: nil)
        var issue = try IssueBatch(in: office, trust: trust, isValidFromAwardDate: false) { Self.secret }
        let known = try await issue.known(plan)
        let proposal = try await issue.proposal(of: job, plan, known, by: propose)
        var asked: [Proposal] = []
        let outcome = try await issue(
            job, plan, proposal, known, by: Self.officer,
            approve: {
                asked.append($0)
                let approval = Approval(actor: "officer", reason: "June", time: Clock.now())
                return approve ? GivenApproval(approval, by: Self.officer) : nil
            }, onProgress: { _ in })
        #expect(asked.count == (known == nil ? 1 : 0))
        #expect(asked.allSatisfy { $0.count == plan.bins[.issued] })
        guard let batch = outcome?.batch else { return nil }
        let versions = try await office.store.read {
            try $0.newestSealedVersions(of: batch.id, after: nil, limit: 1000)
        }
        #expect(versions.count == plan.bins[.issued] && versions.count > 2)
        return (batch, versions.map(\.number))
    }

    private func publish() async throws {
        _ = try await PublishStatusLists(in: office, passphrase: Self.secret)(all: false, by: Self.officer)
    }

    /// As an employer finds it, who has nothing but what is published.
    private func verdict(_ number: CertificateNumber, version: Int? = nil) async throws -> Outcome {
        let versions = try await office.store.read { try $0.sealedVersions(number: number) }
        let one = try #require(version.map { wanted in versions.first { $0.key.version == wanted } } ?? versions.first)
        let keys = try office.home.keyring.entries().map(\.publicKey)
        let key = try #require(keys.first { $0.kid.bytes == one.keyID })
        let trust = try office.home.requiredTrustList()
        var status = StatusSource()
        let list = try DurableFile.read(office.home.statusPath + "/1.jwt")
        #expect(status.add(list, from: nil, trust: trust) == nil)
        let verifier = SealVerifier(trust: .list(trust), status: status, now: Clock.now(), isTrustCurrent: true)
        let text = one.qrText(host: office.home.config.host, key: key)
        return try verifier.verify(UnverifiedSeal(qrText: text)).outcome
    }

    private func verify() async throws -> Int? {
        try await office.home.trail(of: office.store.forAudits).verify(files: office.home.publishedFiles)?.last.sequence
    }

    @Test("From an upload to certificates: nothing is signed unapproved, and a second time nothing is new")
    func issuing() async throws {
        #expect(try await issue(approve: false) == nil)
        let (batch, numbers) = try #require(try await issue())
        try await publish()
        #expect(try await verdict(numbers[0]) == .valid)
        let again = try #require(try await issue())
        #expect(again.batch.id == batch.id && again.numbers == numbers)
        #expect(try await verify() ?? 0 > 4)
    }

    @Test("A certificate is revoked by exactly the proposal that was approved")
    func revoking() async throws {
        let numbers = try #require(try await issue()).numbers
        let plan = try await CertificateSelection.numbers([numbers[0]]).plan(.revoke, in: office)
        let act = try ChangeStatus(plan, reason: #require(StatusReason(rawValue: "misconduct")), note: "Ruling 1")
        let stale = try ChangeStatus(
            plan, reason: #require(StatusReason(rawValue: "misconduct")), note: "Ruling 1",
            approved: [UInt8](repeating: 0, count: 32))
        await #expect(throws: Refusal.self) { try await office.perform(stale, by: Self.officer) }
        let nobody = Actor("reader", by: .commandLine, may: [])
        await #expect(throws: Refusal.self) { try await office.perform(act, by: nobody) }
        try await publish()
        #expect(try await verdict(numbers[0]) == .valid, "the control")
        try await office.perform(act, by: Self.officer)
        try await publish()
        #expect(try await verdict(numbers[0]) == .notValid)
        #expect(try await verdict(numbers[1]) == .valid)
    }

    @Test("A correction and a campaign give new versions, and the old ones end")
    func newVersions() async throws {
        let (batch, numbers) = try #require(try await issue())
        var run = try RunCampaign(in: office) { Self.secret }
        var change = CertificateChange()
        change.holderName = "王海燕"
        let correct = CorrectCertificate(numbers[0], change, reason: "as on the card")
        let version = try await correct(
            correct.plan(in: office), with: &run, by: Self.officer, onProgress: { _ in }, onPublished: { _ in })
        #expect(version == 2)
        #expect(try await verdict(numbers[0]) == .valid)
        #expect(try await verdict(numbers[0], version: 1) == .notValid)
        let plan = try await CertificateSelection.query(CertificateQuery(batch: batch.id), filter: { nil })
            .plan(CertificateChange(), in: office.store)
        #expect(try plan.proposal.count == numbers.count)
        let outcome = try await run.begin(
            plan, named: "Again", cause: .reissued, reason: "a better form", by: Self.officer,
            onProgress: { _ in }, onPublished: { _ in })
        #expect(outcome.isWhole && outcome.progress.sealed == numbers.count)
        #expect(try await verdict(numbers[1]) == .valid)
        #expect(try await verdict(numbers[1], version: 1) == .notValid)
    }

    @Test("A key is retired, its successor signs; one that is compromised is believed no more but for what is recorded")
    func keys() async throws {
        let (batch, numbers) = try #require(try await issue())
        try await publish()
        let old = try #require(batch.statement?.key)
        let now = Clock.now()
        let retire = try KeyChange.retire(old, at: nil, in: office, at: now)
        #expect(try retire.proposal.count == 1)
        let publishTrust = PublishTrustList(in: office, reason: "yearly")
        _ = try await publishTrust(retire, by: Self.officer, passphrase: Self.secret)
        #expect(try await verdict(numbers[0]) == .valid)
        #expect(throws: Refusal.self, "a key ends once") {
            try KeyChange.retire(old, at: nil, in: office, at: now + 10)
        }
        let act = try await CompromiseKey(old, since: 0, in: office, at: now)
        #expect(act.standing == 0 && act.others == numbers.count)
        _ = try await publishTrust(act.change, by: Self.officer, passphrase: Self.secret)
        #expect(try await verdict(numbers[0]) == .notValid)
        try await CompromiseKey.verifyRecord(in: office)
    }

    @Test("Documents are made once, another look is approved first, and a reprint has the next serial")
    func documents() async throws {
        let (batch, numbers) = try #require(try await issue())
        let certify = CertifyKeys(in: office)
        try await certify(certify.uncertified(), years: 1, passphrase: Self.secret) { _, _ in }
        let make = MakeDocuments(in: office, look: LookChoice(), photos: nil, reason: "first print")
        for (made, passedOver) in [(numbers.count, 0), (0, numbers.count)] {
            let documents = try DocumentFolder(folder.path + "/documents")
            let outcome = try await make(
                [batch], into: documents, by: Self.officer, passphrase: Self.secret, onProgress: { _ in })
            documents.close()
            #expect((outcome.made, outcome.passedOver) == (made, passedOver) && outcome.refusals.isEmpty)
        }
        let reprint = ReprintDocument(numbers[0], look: LookChoice(), photos: nil, reason: "lost")
        let document = try await reprint(in: office, by: Self.officer, passphrase: Self.secret)
        #expect(document.serial == 2)
        let portrait = LookChoice(.portrait)
        let act = try await ApproveLook(batch, in: office, look: portrait, photos: nil)
        #expect(act.differing == [.template])
        try await act(Approval(actor: "officer", reason: "new look", time: Clock.now()), by: Self.officer)
        let after = try #require(try await office.store.read { try $0.batch(batch.id) })
        #expect(try await ApproveLook(after, in: office, look: portrait, photos: nil).differing.isEmpty)
    }

    @Test("Files of a batch are made by jobs, each once; documents wait until the keys are unlocked")
    func jobs() async throws {
        let (batch, numbers) = try #require(try await issue())
        let certify = CertifyKeys(in: office)
        try await certify(certify.uncertified(), years: 1, passphrase: Self.secret) { _, _ in }
        let isUnlocked = Mutex(false)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let documents = DocumentsWork(in: office) { isUnlocked.withLock { $0 } ? Self.secret : nil }
        let runner = try JobRunner(
            "test", store: office.store.forJobs, works: PapersWork.all(in: office) + [documents],
            keys: office.home.dataKeys(), logger: logger, now: Clock.now)
        let account = try Account.invited("王海燕", at: Clock.now())
        try await office.store.write { try $0.insert(account) }
        func ask(_ file: BatchFile, isAnew: Bool = false) async throws -> Job {
            let id = try await AskForBatchFile(file, of: batch, isAnew: isAnew)(
                in: office, by: account.id, at: Clock.now())
            guard let job = try await office.store.read({ try $0.job(id) }) else {
                throw StoreError(.notFound, zh: "没有任务", en: "no job")
            }
            return job
        }
        func content(_ job: Job) async throws -> [UInt8] {
            var bytes: [UInt8] = []
            let pieces = JobPieces(try office.home.dataKeys())
            for position in 0..<(job.result?.pieceCount ?? 0) {
                bytes += try #require(try await pieces.piece(position, of: job.id, in: office.store))
            }
            return bytes
        }
        for file in BatchFile.allCases {
            #expect(try await ask(file).id == ask(file).id)
        }
        while try await runner.runNext() {}
        #expect(try await ask(.documents).state == .queued)
        let list = folder.path + "/list.csv"
        #expect(try await IssuedList(in: office).write(batch.id, to: list) == numbers.count)
        #expect(try await content(ask(.issuedList)) == DurableFile.read(list))
        for file in [BatchFile.ledger, .labels] {
            #expect(try await content(ask(file)).starts(with: Array("%PDF".utf8)), "\(file)")
        }
        #expect(try await content(ask(.ledgerWorkbook)).starts(with: Array("PK".utf8)))
        isUnlocked.withLock { $0 = true }
        #expect(try await runner.runNext())
        let done = try await ask(.documents)
        #expect(done.state == .done && done.total == numbers.count && done.asked.by == account.id)
        // Each document once, and the manifest, in the archive's directory.
        let zip = try await content(done)
        let entries = zip.indices.dropLast(3).count { zip[$0..<($0 + 4)].elementsEqual([0x50, 0x4B, 1, 2]) }
        #expect(entries == numbers.count + 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.home.path + "/jobs").isEmpty)
        let prints = try await office.store.read { store in
            try numbers.map { try store.prints(of: store.sealedVersions(number: $0)[0].key.certificate) }
        }
        #expect(prints.allSatisfy { $0.count == 1 && $0[0].approval.actor == account.id.actorName })
        // What was asked for anew is made anew, and nothing else is.
        #expect(try await ask(.labels, isAnew: true).state == .queued)
        #expect(try await ask(.ledger).state == .done)
    }

    @Test("A backup is on record and whole; a home made from it signs nothing yet")
    func backup() async throws {
        _ = try #require(try await issue())
        let (backup, restored) = (folder.path + "/backup", folder.path + "/restored")
        let last = try await office.home.backUp(to: backup, in: office, by: Self.officer)
        #expect(try await verify() == last)
        #expect(try await Home.restore(from: backup, to: restored).sequence == last)
        let home = try Home(path: restored, pin: { Self.secret })
        await #expect(throws: (any Error).self) { try await home.openOffice(workers: office.workers) }
    }
}
