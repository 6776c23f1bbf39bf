import Approvals
import AuditLog
import Credential
import Errors
import Signing
import Store
import TestSupport
import Testing
import WebAuthn

/// Each test signs soundly first, then with one thing wrong.
@Suite struct ApprovalCheckTests {
    private func refused(_ code: ApprovalErrorCode, _ body: (inout ApprovalScene) throws -> Void) throws {
        var scene = try ApprovalScene()
        try scene.check(scene.signed(scene.statement()))
        var other = scene
        #expect(throws: ApprovalError(code, zh: "", en: ""), "\(code)") { try body(&other) }
    }

    @Test("a statement of another content, act, text or installation approves nothing")
    func content() throws {
        let sound = try ApprovalScene().content
        func changed(_ act: StatementAct? = nil, _ digest: UInt8? = nil, _ lines: [String]? = nil) -> ApprovedContent {
            ApprovedContent(
                act ?? sound.act, digest: digest.map { [UInt8](repeating: $0, count: 32) } ?? sound.digest,
                lines: lines ?? sound.lines, institution: sound.institution, contributors: sound.contributors)
        }
        try refused(.wrongContent) { try $0.check($0.signed($0.statement(changed(nil, 4)))) }
        try refused(.wrongAct) { try $0.check($0.signed($0.statement(changed(.registry)))) }
        try refused(.wrongLines) { try $0.check($0.signed($0.statement(changed(nil, nil, ["批准 / Approve: 3"])))) }
        let root = try PrivateKey.generate(.ed25519).publicKey.kid
        try refused(.wrongInstallation) { try $0.check($0.signed($0.statement(root: root))) }
        try refused(.malformed) { scene in
            let one = try scene.signed(scene.statement())
            try scene.check(
                SignedStatement(
                    act: one.act, subject: one.subject, subjectDigest: [9], statement: one.statement,
                    account: one.account, credential: one.credential, authenticatorData: one.authenticatorData,
                    clientDataJSON: one.clientDataJSON, signature: one.signature))
        }
    }

    @Test("a person who had a hand in it, or is no approver of it, approves nothing")
    func persons() throws {
        try refused(.contributor) { scene in
            let content = ApprovedContent(
                .issue, digest: scene.content.digest, lines: scene.content.lines, institution: scene.institution,
                contributors: [scene.maker, scene.account])
            try scene.check(scene.signed(scene.statement()), for: content)
        }
        try refused(.unknownApprover) { try $0.check($0.signed($0.statement(by: $0.maker))) }
        try refused(.unknownApprover) { scene in
            let other = try SoftAuthenticator([9], at: scene.party)
            try scene.check(scene.signed(scene.statement(key: other.id), by: other))
        }
        var elsewhere = try ApprovalScene(institutions: [InstitutionID("4137000000")])
        #expect(throws: ApprovalError(.outOfScope, zh: "", en: "")) {
            try elsewhere.check(elsewhere.signed(elsewhere.statement()))
        }
        var here = try ApprovalScene(institutions: [elsewhere.institution])
        try here.check(here.signed(here.statement()))
    }

    @Test("a key that is not on the roster then, by its times and by the record, approves nothing")
    func roster() throws {
        try refused(.notYet) { try $0.check($0.signed($0.statement(at: ApprovalScene.start - 51))) }
        var ending = try ApprovalScene(until: ApprovalScene.start)
        #expect(throws: ApprovalError(.ended, zh: "", en: "")) { try ending.check(ending.signed(ending.statement())) }
        try refused(.ended) { scene in
            _ = try scene.roster.end(scene.device.id, at: ApprovalScene.start)
            try scene.check(scene.signed(scene.statement()))
        }
        // The record has its end, though an older roster was put in place.
        try refused(.unknownApprover) { scene in
            let digest = try scene.roster.approvers[0].digest
            try scene.record(AuditAct(.approverEnded, actor: "x", subject: [:], digest: digest, time: 1))
            try scene.check(scene.signed(scene.statement()))
        }
        // Somebody put a key into the file, of which the record knows nothing.
        try refused(.unknownApprover) { scene in
            let other = try SoftAuthenticator([9], at: scene.party)
            var roster = scene.roster
            try roster.add(
                Approver(
                    account: scene.account, credential: other.id,
                    key: .passkey(cose: other.cose, counter: 0, isBackupEligible: false), institutions: nil, from: 0,
                    until: nil))
            try scene.check(scene.signed(scene.statement(key: other.id), by: other), roster: roster)
        }
    }

    @Test("passkeys that may be copied approve nothing unless that is allowed")
    func synced() throws {
        var scene = try ApprovalScene(isBackupEligible: true)
        let signed = try scene.signed(scene.statement(), flags: 0x0D)
        #expect(throws: ApprovalError(.synced, zh: "", en: "")) { try scene.check(signed) }
        var (other, roster) = (scene, scene.roster)
        roster.approverKeys = .synced
        try other.check(other.signed(other.statement(), flags: 0x0D), roster: roster)
        #expect(throws: ApprovalError(.synced, zh: "", en: "")) {
            var closed = Roster()
            // bounded: the scene has one.
            try closed.add(scene.roster.approvers[0])
        }
    }

    @Test("another signature, question, site, or a user who was not verified approves nothing")
    func signatures() throws {
        func refused(_ code: WebAuthnErrorCode, _ body: (inout ApprovalScene) throws -> Void) throws {
            var scene = try ApprovalScene()
            #expect(throws: WebAuthnError(code, zh: "", en: ""), "\(code)") { try body(&scene) }
        }
        try refused(.wrongChallenge) { scene in
            let (one, other) = (try scene.statement(), try scene.signed(scene.statement()))
            try scene.check(
                SignedStatement(
                    one, subject: "", authenticatorData: other.authenticatorData,
                    clientDataJSON: other.clientDataJSON, signature: other.signature))
        }
        try refused(.wrongType) { try $0.check($0.signed($0.statement(), kind: "create")) }
        try refused(.userNotVerified) { try $0.check($0.signed($0.statement(), flags: 0x01)) }
        try refused(.userAbsent) { try $0.check($0.signed($0.statement(), flags: 0x04)) }
        try refused(.wrongBackupState) { try $0.check($0.signed($0.statement(), flags: 0x0D)) }
        try refused(.wrongSignature) {
            try $0.check($0.signed($0.statement(), by: SoftAuthenticator([9], at: $0.party)))
        }
        try refused(.wrongOrigin) { scene in
            let elsewhere = try SoftAuthenticator([1, 2, 3], at: RelyingParty(origin: "https://portal.example.net"))
            try scene.check(scene.signed(scene.statement(), by: elsewhere))
        }
        try self.refused(.counter) { try $0.check($0.signed($0.statement(), counter: 4)) }
        try self.refused(.counter) { try $0.check($0.signed($0.statement()), after: 5) }
    }

    @Test("a statement past its time, or made before its place in the record, approves nothing")
    func times() throws {
        let start = ApprovalScene.start
        var last = try ApprovalScene()
        try last.check(last.signed(last.statement()), at: start + Statement.pageSeconds)
        try refused(.late) { try $0.check($0.signed($0.statement()), at: start + Statement.pageSeconds + 1) }
        try refused(.late) { try $0.check($0.signed($0.statement()), at: start - 1) }
        try refused(.wrongPlace) { scene in
            try scene.check(scene.signed(scene.statement(hash: [UInt8](repeating: 1, count: 32))))
        }
        try refused(.wrongPlace) { scene in
            let made = try scene.statement()
            scene.entries.removeLast(2)
            try scene.record(AuditAct(.backedUp, actor: "x", subject: [:], time: start))
            try scene.record(
                AuditAct(.approverAdded, actor: "x", subject: [:], digest: scene.roster.approvers[0].digest, time: 0))
            try scene.check(scene.signed(made))
        }
    }

    @Test("keys of files sign as well, in every algorithm", arguments: SignatureAlgorithm.registered)
    func files(_ algorithm: SignatureAlgorithm) throws {
        var scene = try ApprovalScene()
        let (key, other) = (try PrivateKey.generate(algorithm), try PrivateKey.generate(algorithm))
        try scene.add(Approver(key.publicKey, of: scene.account, institutions: nil, from: 0, until: nil))
        let statement = try scene.statement(key: key.publicKey.kid.bytes)
        let file = try EvidenceFile(try EvidenceFile(signing: statement.bytes, with: key).encoded())
        let signed = file.signed(for: "submission 1")
        try scene.check(signed, at: ApprovalScene.start + Statement.fileSeconds)
        #expect(throws: ApprovalError(.unknownApprover, zh: "", en: "")) {
            _ = try EvidenceFile(signing: statement.bytes, with: other)
        }
        var late = scene
        #expect(throws: ApprovalError(.late, zh: "", en: "")) {
            try late.check(
                EvidenceFile(signing: try late.statement(key: key.publicKey.kid.bytes).bytes, with: key)
                    .signed(for: ""), at: ApprovalScene.start + Statement.fileSeconds + 1)
        }
        var forged = scene
        #expect(throws: ApprovalError(.wrongSignature, zh: "", en: "")) {
            try forged.check(
                SignedStatement(
                    try forged.statement(key: key.publicKey.kid.bytes), subject: "",
                    signature: Signer(other).sign(statement.bytes)))
        }
    }
}
