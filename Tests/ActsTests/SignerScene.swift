import Accounts
import Approvals
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import Foundation
import HomeFolder
import Installation
import Issuance
import Parsing
import Results
import SampleData
import Signing
import Store
import TestSupport
import Testing
import WebAuthn

@testable import Acts

/// An office with two officers' passkeys on its roster, and a submission that the first reviews.
struct SignerScene {
    static let console = Actor("root", by: .commandLine, may: Set(Permission.allCases))
    static let portal = Actor("portal", by: .server, may: [.approve])
    static let secret = Passphrase("a passphrase for tests".utf8)
    static let awardDate = SampleSheet.day("2026-07-10")

    let folder: TemporaryDirectory
    let office: Office
    let party: RelyingParty
    let officer, colleague, registrar: Account
    let device, other: SoftAuthenticator
    var submission: Submission
    /// All that were handed in, the one above first.
    let submissions: [Submission]
    let desk: SignerDesk
    let start = Clock.now() - 60

    /// - Parameters:
    ///   - contributors: beside the registrar, by their place among officer and colleague.
    ///   - until: when the officer's time as an approver ends, from now.
    ///   - institutions: whose sheets are handed in.
    init(
        contributors: [Int] = [], from: Int = -60, until: Int? = nil, institutions: [String] = ["4137012391"]
    ) async throws {
        folder = try TemporaryDirectory()
        (office, party) = (
            try await Self.office(in: folder, institutions), try RelyingParty(origin: "http://localhost:8081")
        )
        let accounts = ["李主任", "张主任", "王海燕"].enumerated().map { index, name in
            Account(
                // 16 bytes.
                id: AccountID(bytes: [UInt8](repeating: UInt8(index + 1), count: 16))!, handle: [UInt8(index)],
                name: name, state: .active, createdAt: 1)
        }
        (officer, colleague, registrar) = (accounts[0], accounts[1], accounts[2])
        (device, other) = (
            try SoftAuthenticator([1, 2, 3], at: party), try SoftAuthenticator([4, 5, 6], at: party)
        )
        let passkeys = [Self.passkey(device, of: officer), Self.passkey(other, of: colleague)]
        try await office.store.write { writing in
            for account in accounts { try writing.insert(account) }
            for account in accounts.prefix(2) { try writing.setRoles([Self.role("officer")], of: account.id) }
            for passkey in passkeys { try writing.insert(passkey) }
        }
        let now = Clock.now()
        try await ChangeRoster(in: office).add(
            Approver(passkeys[0], institutions: nil, from: now + from, until: until.map { now + $0 }),
            origin: party.origin, by: Self.console, at: start)
        let hands = [registrar.id] + contributors.map { accounts[$0].id }
        var submitted: [Submission] = []
        for institution in institutions {
            submitted.append(try await Self.submit(institution, by: hands, to: officer.id, in: office))
        }
        (submissions, submission) = (submitted, try #require(submitted.first))
        let (office, keys) = (office, try office.home.dataKeys())
        desk = SignerDesk(in: office, owner: "signer", keys: KeyLock()) { submission in
            let bytes = try await office.store.read { try FrozenFiles(keys).bytes(of: submission, in: $0) }
            return try await SheetDesk(in: office, isIssuing: true).open(frozen: bytes, of: submission)
        }
        try await desk.unlock(Self.secret)
    }

    private static func role(_ name: String) -> AccountRole {
        AccountRole(
            role: name, institution: nil, from: CalendarDate(daysSinceEpoch: 1), until: nil, grantedBy: "root")
    }

    static func passkey(_ device: SoftAuthenticator, of account: Account) -> Passkey {
        Passkey(
            id: device.id, account: account.id, cose: device.cose, counter: 0, isBackupEligible: false, transports: [],
            label: "", addedAt: 1)
    }

    private static func office(in folder: TemporaryDirectory, _ institutions: [String]) async throws -> Office {
        let (home, sample) = (folder.path + "/home", folder.path + "/sample")
        _ = try await Home.create(
            home, HomeConfig(authority: "测试中心", host: "verify.example.org"), algorithm: .es256, passphrase: secret,
            by: console)
        let workers = ParsingPool(arguments: [Products.signet, ParsingPool.command])
        let office = try await Home(path: home, pin: { secret }).openOffice(workers: workers)
        let region = try SampleRegion(seed: 7, candidates: 120)
        try Folder.create(sample)
        try Folder.create(sample + "/results")
        for file in region.files() {
            let output = try OutputFile("\(sample)/\(file.path)")
            let encoder = try file.encoding == .gb18030 ? GB18030Encoder() : nil
            try file.write { try output.write(encoder?.encode($0) ?? $0) }
            try output.commit()
        }
        let tables = try RegistryKind.allCases.map { kind in
            try RegistryTable(kind, RegistryFile.read("\(sample)/\(kind.rawValue).csv", kind, by: workers))
        }
        try await office.perform(ImportRegistry(tables, reason: "first"), by: console)
        for institution in institutions {
            _ = try await CreateKeys(in: office, .es256)(
                for: InstitutionID(institution), in: nil, pin: secret, passphrase: secret, by: console)
        }
        _ = try await PublishTrustList(in: office, reason: "first")(by: console, passphrase: secret)
        return office
    }

    private static func submit(
        _ institution: String, by hands: [AccountID], to reviewer: AccountID, in office: Office
    ) async throws -> Submission {
        let sheet = "\(office.home.path)/../sample/results/\(institution).csv"
        let job = try await SheetDesk(in: office, isIssuing: true).open(sheet, stem: "a", institution: nil)
        let plan = try await job.plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        let frozen = try FrozenSheet(try await job.planner.frozenRows(of: job.sheet, plan, answers: [:]))
        let digest = try SHA256.digest(frozen.bytes)
        let files = FrozenFiles(try office.home.dataKeys())
        let maker = hands[0]
        return try await office.store.write { writing in
            let sheet = try writing.insert(
                NewSheet(
                    institution: job.institution.id, title: "6 月", startedBy: maker, at: 10,
                    file: SheetFile(digest: digest, nameBox: [1], byteCount: 1, pieceCount: 1))
            ) { _ in [[1]] }
            let new = NewSubmission(
                sheet: sheet.id, institution: job.institution.id, awardDate: awardDate, digest: digest,
                rowCount: frozen.rowCount, certificateCount: plan.bins[.issued], bins: [:], contributors: hands,
                submittedBy: maker, submittedAt: 20)
            let kept = try writing.insert(new) { try files.pieces(of: frozen.bytes, for: $0) }
            try writing.claim(kept.id, by: reviewer, at: 30)
            try writing.insert(
                SubmissionReview(
                    submission: kept.id, officer: reviewer, seed: [1], rows: [2], box: [1], begunAt: 30))
            try writing.save([RowTick(row: 2, isRight: true, noteBox: [], by: reviewer, at: 31)], of: kept.id)
            // It was inserted just now.
            return try writing.submission(kept.id)!
        }
    }
}

extension SignerScene {
    func kept() async throws -> Submission? {
        try await office.store.read { [submission] in try $0.submission(submission.id) }
    }

    func sealed() async throws -> Int {
        try await office.store.read { try $0.sealedVersions(of: nil, after: nil, limit: 1000) }.count
    }

    /// What would be issued, as the page of the review plans it.
    func proposal() async throws -> (BatchProposal, count: Int, answered: Int) {
        let bytes = try await office.store.read { [submission, office] in
            try FrozenFiles(office.home.dataKeys()).bytes(of: submission, in: $0)
        }
        let job = try await SheetDesk(in: office, isIssuing: true).open(frozen: bytes, of: submission)
        let plan = try await job.plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        let propose = ProposeBatch(
            in: office, trust: try office.home.requiredTrustList(), awardDate: submission.awardDate,
            look: LookChoice(), photos: nil)
        return (try #require(try await propose(job, plan)), plan.bins[.issued], job.answers.count)
    }

    func content() async throws -> ApprovedContent {
        let (proposal, count, answered) = try await proposal()
        return try await office.store.read { [submission] in
            try $0.content(of: submission, proposal.statement, count: count, answered: answered)
        }
    }

    /// As the officer does on the page.
    @discardableResult
    func approve(at time: Int = Clock.now(), counter: UInt8 = 1) async throws -> ApprovalEvidence {
        let (proposal, count, answered) = try await proposal()
        let question = try await BeginApproval(in: office, party: party)(
            submission, proposal, count: count, answered: answered, by: officer, in: "browser", at: time)
        let answer = try device.assertion(
            SoftAuthenticator.challenge(question.options), of: officer.handle, counter: counter)
        return try await ApproveSubmission(in: office, party: party)(
            answer, of: submission.id, by: officer, in: "browser", as: Self.portal, at: time)
    }

    /// What a portal that was taken over could keep.
    func signed(
        _ content: ApprovedContent, by account: Account? = nil, with device: SoftAuthenticator? = nil,
        key: [UInt8]? = nil, counter: UInt8 = 1
    ) async throws -> SignedStatement {
        let (account, device) = (account ?? officer, device ?? self.device)
        let statement = try await office.statement(
            of: content, for: account.id, key: key ?? device.id, at: Clock.now())
        let answer = try device.assertion(
            Base64URL.encode(try statement.challenge), of: account.handle, counter: counter)
        return SignedStatement(
            statement, subject: submission.subject, authenticatorData: answer.authenticatorData,
            clientDataJSON: answer.clientDataJSON, signature: answer.signature)
    }

    func keep(_ signed: SignedStatement, isRecorded: Bool = true) async throws {
        try await office.store.write { [submission] in
            try $0.setState(.approved, of: submission.id, batch: nil, at: 40)
            let evidence = try $0.insert(signed, at: Clock.now())
            if isRecorded { try $0.append(try AuditAct(signing: evidence)) }
        }
    }

    func verify() async throws {
        let home = office.home
        _ = try await home.trail(of: office.store.forAudits).verify(approvals: home.approvalBasis())
    }

    /// As whoever owns the database can.
    func forge(_ sql: String) throws {
        let program = "import sqlite3,sys\nwith sqlite3.connect(sys.argv[1]) as c: c.executescript(sys.argv[2])"
        let ended = try Command(["python3", "-c", program, office.home.databasePath, sql]).run()
        #expect(ended.exitCode == 0)
    }
}
