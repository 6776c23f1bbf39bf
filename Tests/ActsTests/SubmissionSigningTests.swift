import Approvals
import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Signing
import Store
import TestSupport
import Testing

@testable import Acts

/// Whoever owns the portal and its database gets no signature. Each forgery stands beside its control, which signs.
@Suite struct SubmissionSigningTests {
    /// - Parameter words: of the refusal, in part.
    private func refuses(_ scene: SignerScene, _ words: String) async throws {
        let outcomes = try await scene.desk.round(at: Clock.now())
        guard case .refused(let told)? = outcomes.first?.1 else {
            Issue.record("\(words): \(outcomes.map(\.1))")
            return
        }
        #expect(told.en.contains(words), "\(told.en)")
        #expect(try await scene.sealed() == 0)
        // Told once, and to be approved again.
        #expect(try await scene.desk.round(at: Clock.now()).isEmpty)
        #expect(try await scene.kept()?.state == .inReview)
    }

    @Test("what an officer approved by a passkey is issued, once")
    func sound() async throws {
        let scene = try await SignerScene()
        let evidence = try await scene.approve()
        #expect(try await scene.kept()?.state == .approved)
        await scene.desk.lock()
        #expect(try await scene.desk.round(at: Clock.now()).isEmpty)
        #expect(try await scene.desk.state().waiting == 1)
        await #expect(throws: (any Error).self) { try await scene.desk.unlock(Passphrase("another".utf8)) }
        #expect(try await scene.desk.state().isLocked)
        try await scene.desk.unlock(SignerScene.secret)
        let outcomes = try await scene.desk.round(at: Clock.now())
        guard case .issued(let batch, let count)? = outcomes.first?.1 else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(count > 2)
        #expect(try await scene.sealed() == count)
        let kept = try #require(try await scene.kept())
        #expect(kept.state == .issued && kept.batch == batch)
        let found = try await scene.office.store.read { (try $0.batch(batch), try $0.outcome(of: evidence.id)) }
        #expect(found.0?.approval.actor == scene.officer.id.actorName)
        #expect(found.1?.refusal == nil && found.1 != nil)
        #expect(try await scene.desk.round(at: Clock.now()).isEmpty)
        _ = try await scene.verify()
    }

    @Test("evidence of another content, officer or key signs nothing")
    func another() async throws {
        let digest = try await SignerScene()
        let content = try await digest.content()
        let changed = ApprovedContent(
            .issue, digest: [UInt8](repeating: 9, count: 32), lines: content.lines, institution: content.institution,
            contributors: [])
        try await digest.keep(digest.signed(changed))
        try await refuses(digest, "not what would be done now")

        let lines = try await SignerScene()
        let others = ApprovedContent(
            .issue, digest: try await lines.content().digest, lines: ["批准 / Approve: 1"], institution: nil,
            contributors: [])
        try await lines.keep(lines.signed(others))
        try await refuses(lines, "not so now")

        let officer = try await SignerScene()
        try await officer.keep(officer.signed(officer.content(), by: officer.colleague, with: officer.other))
        try await refuses(officer, "not on the roster")

        let key = try await SignerScene()
        let second = try SoftAuthenticator([7, 8, 9], at: key.party)
        let added = SignerScene.passkey(second, of: key.officer)
        try await key.office.store.write { try $0.insert(added) }
        try await key.keep(key.signed(key.content(), with: second))
        try await refuses(key, "not on the roster")
    }

    @Test("evidence before or after the approver's time, or by a contributor, signs nothing")
    func times() async throws {
        let early = try await SignerScene(from: 1000)
        try await early.keep(early.signed(early.content()))
        try await refuses(early, "had not begun")
        let late = try await SignerScene(until: -1)
        try await late.keep(late.signed(late.content()))
        try await refuses(late, "had ended")
        let contributor = try await SignerScene(contributors: [0])
        try await contributor.keep(contributor.signed(contributor.content()))
        try await refuses(contributor, "had a hand")
        // The page says so at once.
        let (proposal, count, answered) = try await contributor.proposal()
        await #expect(throws: ApprovalError(.contributor, zh: "", en: "")) {
            _ = try await BeginApproval(in: contributor.office, party: contributor.party)(
                contributor.submission, proposal, count: count, answered: answered, by: contributor.officer,
                in: "browser", at: Clock.now())
        }
    }

    @Test("evidence that the record lacks, or has twice, signs nothing")
    func recorded() async throws {
        let unrecorded = try await SignerScene()
        try await unrecorded.keep(unrecorded.signed(unrecorded.content()), isRecorded: false)
        try await refuses(unrecorded, "does not have this approval")
        let twice = try await SignerScene()
        let evidence = try await twice.approve()
        _ = try await twice.office.store.write { try $0.append(try AuditAct(signing: evidence)) }
        try await refuses(twice, "does not have this approval")
        let again = try await SignerScene()
        let kept = try await again.approve()
        await #expect(throws: StoreError(.conflict, zh: "", en: "")) {
            _ = try await again.office.store.write { try $0.insert(kept.signed, at: 1) }
        }
    }

    @Test("rows of the store that were forged sign nothing")
    func forged() async throws {
        let frozen = try await SignerScene()
        try await frozen.approve()
        try frozen.forge(
            "UPDATE submission_piece SET piece = CAST(substr(piece, 1, length(piece) - 1) || x'00' AS BLOB)")
        try await refuses(frozen, "does not have the digest")

        let passkey = try await SignerScene()
        let thief = try SoftAuthenticator(passkey.device.id, at: passkey.party)
        try passkey.forge(
            "UPDATE passkey SET cose = x'\(thief.cose.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())'"
        )
        try await passkey.keep(passkey.signed(passkey.content(), with: thief))
        try await refuses(passkey, "signature is wrong")

        let hands = try await SignerScene(contributors: [0])
        let content = try await hands.content()
        try hands.forge("DELETE FROM submission_contributor WHERE account = x'\(hands.officer.id)'")
        try await hands.keep(hands.signed(content))
        try await refuses(hands, "not so now")

        let outcome = try await SignerScene()
        let signed = try await outcome.signed(outcome.content())
        try await outcome.keep(
            SignedStatement(
                act: signed.act, subject: signed.subject, subjectDigest: signed.subjectDigest,
                statement: signed.statement, account: signed.account, credential: signed.credential,
                authenticatorData: signed.authenticatorData, clientDataJSON: signed.clientDataJSON,
                signature: signed.signature.dropLast() + [signed.signature.last.map { $0 ^ 1 } ?? 0]))
        try await refuses(outcome, "signature is wrong")

        // Said to be approved, with a batch beside it, by nobody's signature.
        let batch = try await SignerScene()
        let (proposal, _, _) = try await batch.proposal()
        let statement = proposal.statement
        try await batch.office.store.write { [submission = batch.submission] in
            try $0.setState(.approved, of: submission.id, batch: nil, at: 40)
            _ = try $0.insertBatch(
                content: statement.content, institution: statement.institution, awardDate: statement.awardDate,
                BatchApproval(statement, Approval(actor: "forger", reason: "", time: 1)), chunks: [])
        }
        #expect(try await batch.desk.round(at: Clock.now()).isEmpty)
        #expect(try await batch.sealed() == 0)
    }

    @Test(
        "the audit checks each approval again",
        arguments: [
            "UPDATE approval_evidence SET signature = CAST(signature || x'00' AS BLOB)",
            "UPDATE approval_evidence SET subject_digest = zeroblob(32)",
            "DELETE FROM approval_outcome; DELETE FROM approval_evidence",
            "UPDATE approval_outcome SET refusal_zh = '', refusal_en = ''",
            "INSERT INTO submission_contributor (submission, account) SELECT 1, account FROM approval_evidence",
            "UPDATE submission SET batch = NULL",
        ])
    func audit(_ sql: String) async throws {
        let scene = try await SignerScene()
        try await scene.approve()
        #expect(try await scene.desk.round(at: Clock.now()).count == 1)
        // The control: without the forgery all is as it was recorded.
        try await scene.verify()
        try scene.forge(sql)
        await #expect(throws: AuditProblem(.contradicted, zh: "", en: "")) { try await scene.verify() }
    }

    @Test("the audit checks approvals against the roster, and what needed one and has none")
    func auditedRoster() async throws {
        let scene = try await SignerScene()
        try await scene.approve()
        #expect(try await scene.desk.round(at: Clock.now()).count == 1)
        try await scene.verify()
        let trail = scene.office.home.trail(of: scene.office.store.forAudits)
        let basis = ApprovalBasis(Roster(), root: try scene.office.home.rootPublicKey().kid)
        await #expect(throws: AuditProblem(.contradicted, zh: "", en: "")) {
            _ = try await trail.verify(approvals: basis)
        }
        // Somebody who has the signer's files, and no approver's key.
        let act = AuditAct(.approvalsSet, actor: "root", subject: [.change: .text("signed")], time: Clock.now())
        try await scene.office.store.write { _ = try $0.append(act) }
        try await scene.verify()
        let version = try await scene.office.store.read { try $0.registryVersions().count } + 1
        let forged = AuditAct(
            .registryImported, actor: "root", subject: [.registry: .number(version)], time: Clock.now())
        try await scene.office.store.write { _ = try $0.append(forged) }
        await #expect(throws: AuditProblem(.contradicted, zh: "", en: "")) { try await scene.verify() }
    }

    @Test("two signers at once issue it once")
    func race() async throws {
        let scene = try await SignerScene()
        try await scene.approve()
        let (office, keys) = (scene.office, try scene.office.home.dataKeys())
        let second = SignerDesk(in: office, owner: "another", keys: KeyLock()) { submission in
            let bytes = try await office.store.read { try FrozenFiles(keys).bytes(of: submission, in: $0) }
            return try await SheetDesk(in: office, isIssuing: true).open(frozen: bytes, of: submission)
        }
        try await second.unlock(SignerScene.secret)
        async let one = scene.desk.round(at: Clock.now())
        async let two = second.round(at: Clock.now())
        let outcomes = try await (one + two).map(\.1)
        #expect(outcomes.count { if case .issued = $0 { true } else { false } } == 1, "\(outcomes)")
        #expect(try await scene.sealed() == scene.submission.certificateCount)
    }
}
