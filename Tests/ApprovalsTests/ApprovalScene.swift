import Approvals
import AuditLog
import Credential
import Encodings
import Signing
import Store
import TestSupport
import WebAuthn

/// An approver with a passkey, a record of acts, and a statement that was signed and recorded.
struct ApprovalScene {
    static let start = 1_783_000_000
    let party: RelyingParty
    let device: SoftAuthenticator
    let root: KeyID
    // 16 bytes each.
    let account = AccountID(bytes: [UInt8](repeating: 7, count: 16))!
    let maker = AccountID(bytes: [UInt8](repeating: 8, count: 16))!
    var roster = Roster()
    var entries: [AuditEntry] = []

    var institution: InstitutionID { InstitutionID("4137012391") }
    var content: ApprovedContent {
        ApprovedContent(
            .issue, digest: [UInt8](repeating: 3, count: 32), lines: ["批准 / Approve: 2"], institution: institution,
            contributors: [maker])
    }

    init(until: Int? = nil, institutions: [InstitutionID]? = nil, isBackupEligible: Bool = false) throws {
        party = try RelyingParty(origin: "https://portal.example.org")
        device = try SoftAuthenticator([1, 2, 3], at: party)
        root = try PrivateKey.generate(.ed25519).publicKey.kid
        roster.origin = party.origin
        try record(AuditAct(.initialised, actor: "x", subject: [:], time: Self.start - 100))
        try add(
            Approver(
                account: account, credential: device.id,
                key: .passkey(cose: device.cose, counter: 4, isBackupEligible: isBackupEligible),
                institutions: institutions, from: Self.start - 50, until: until))
    }

    mutating func record(_ act: AuditAct) throws { entries.append(try AuditEntry(act, after: entries.last)) }

    mutating func add(_ approver: Approver) throws {
        var open = roster
        open.approverKeys = .synced
        try open.add(approver)
        roster.approvers = open.approvers
        try record(
            AuditAct(.approverAdded, actor: "x", subject: [:], digest: approver.digest, time: approver.from))
    }

    func statement(
        _ content: ApprovedContent? = nil, by account: AccountID? = nil, key: [UInt8]? = nil, at time: Int = start,
        root: KeyID? = nil, hash: [UInt8]? = nil
    ) throws -> Statement {
        let content = content ?? self.content
        return try Statement(
            root: root ?? self.root, act: content.act, subjectDigest: content.digest, lines: content.lines,
            account: account ?? self.account, credential: key ?? device.id, sequence: entries.count,
            // bounded: the scene begins with entries.
            hash: hash ?? entries[entries.count - 1].hash, time: time,
            random: try SecureRandom.bytes(16))
    }

    func signed(
        _ statement: Statement, counter: UInt8 = 5, kind: String = "get", flags: UInt8 = 0x05,
        by other: SoftAuthenticator? = nil
    ) throws -> SignedStatement {
        let answer = try (other ?? device).assertion(
            Base64URL.encode(try statement.challenge), of: [], counter: counter, kind: kind, flags: flags)
        return SignedStatement(
            statement, subject: "submission 1", authenticatorData: answer.authenticatorData,
            clientDataJSON: answer.clientDataJSON, signature: answer.signature)
    }

    /// Records it and checks it, as the signer does.
    mutating func check(
        _ signed: SignedStatement, for content: ApprovedContent? = nil, at time: Int = start + 5,
        after counter: UInt32? = nil, roster: Roster? = nil
    ) throws {
        try record(AuditAct(.approvalSigned, actor: "x", subject: [:], digest: signed.digest, time: time))
        var history = ApprovalHistory()
        for entry in entries { history.add(entry) }
        let check = ApprovalCheck(roster ?? self.roster, history, root: root)
        let (known, content) = (entries, content ?? self.content)
        // bounded: it was recorded just now.
        let statement = try check.statement(
            of: signed, at: history.places(ofEvidence: signed.digest)[0], after: counter
        ) { sequence in known.first { $0.sequence == sequence }?.hash }
        try check.require(content, approvedBy: statement)
    }
}
