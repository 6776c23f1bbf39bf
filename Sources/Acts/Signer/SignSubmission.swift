import Accounts
import Approvals
import Audit
import Credential
import Errors
import Files
import HomeFolder
import Issuance
import Results
import Signing
import Store

/// Issues what an officer approved by a signature. Believes the roster, the record of acts and the signature, and makes
/// everything else anew: what the store says of an approval is not enough. Stopped at any moment and run again, it ends with
/// the same certificates.
package struct SignSubmission: Sendable {
    /// Reads a submission's frozen file, after a check that it is what was submitted.
    package typealias Opening = @Sendable (Submission) async throws -> SheetJob

    package enum Outcome: Hashable, Sendable {
        case issued(BatchID, certificates: Int)
        case refused(BilingualText)
        /// Another signer has it, or had it.
        case taken
    }

    private struct Checked {
        let submission: Submission
        let job: SheetJob
        let plan: BatchPlan
        let known: Batch?
        let proposal: BatchProposal
        let approver: AccountID
    }

    private let office: Office
    private let owner: String
    private let open: Opening
    private let passphrase: Passphrase

    /// - Parameter owner: of leases, such as `signer-3fa2`.
    package init(in office: Office, owner: String, passphrase: Passphrase, open: @escaping Opening) {
        (self.office, self.owner, self.passphrase, self.open) = (office, owner, passphrase, open)
    }

    /// - Throws: what has nothing to do with the approval, such as a store that is away: it may be tried again.
    package func callAsFunction(_ evidence: ApprovalEvidence, by check: ApprovalCheck) async throws -> Outcome {
        let submission = Submission.id(inSubject: evidence.signed.subject)?.value ?? 0
        let lease = try await office.store.write { [owner] in
            try $0.takeLease("issue-\(submission)", by: owner, seconds: Lease.seconds)
        }
        guard let lease else { return .taken }
        let outcome = try await LeaseHold(store: office.store, lease: lease).during {
            // Another one may have ended with it meanwhile.
            guard try await office.store.read({ try $0.outcome(of: evidence.id) }) == nil else { return Outcome.taken }
            return try await carryOut(evidence, check)
        }
        try await office.store.write { try $0.release(lease) }
        return outcome ?? .taken
    }

    private func carryOut(_ evidence: ApprovalEvidence, _ check: ApprovalCheck) async throws -> Outcome {
        var issue = try IssueBatch(
            in: office, trust: office.home.requiredTrustList(), isValidFromAwardDate: false
        ) { [passphrase] in passphrase }
        let checked: Checked
        do {
            checked = try await checkAll(evidence, check, issue)
        } catch let error as any Explained where Self.isRefusal(error) {
            return try await refuse(evidence, error.words)
        }
        let actor = Actor(
            checked.approver.actorName, by: .signature, may: [.issue, .settle, .publishStatus])
        do {
            try await settle(checked, by: actor)
            let outcome = try await issue(
                checked.job, checked.plan, checked.proposal, checked.known, by: actor,
                approve: { _ in
                    GivenApproval(
                        Approval(actor: actor.name, reason: "evidence \(evidence.id.value)", time: Clock.now()),
                        by: actor)
                }, onProgress: { _ in })
            guard let batch = outcome?.batch else { return .taken }
            try await office.perform(
                FinishSubmission(evidence: evidence, submission: checked.submission.id, batch: batch.id), by: actor)
            let publish = try PublishStatusLists(in: office, passphrase: passphrase)
            if try await office.store.read({ try $0.statusLists() }).contains(where: { !$0.isPublished }) {
                _ = try await publish(all: false, by: actor)
            }
            return .issued(batch.id, certificates: checked.plan.bins[.issued])
        } catch let error as IssuanceError where Self.isOfApproval(error) {
            return try await refuse(evidence, error.words)
        }
    }

    /// Everything that an approval rests on. Nothing is signed before.
    private func checkAll(
        _ evidence: ApprovalEvidence, _ check: ApprovalCheck, _ issue: IssueBatch
    ) async throws -> Checked {
        let signed = evidence.signed
        guard let id = Submission.id(inSubject: signed.subject),
            let submission = try await office.store.read({ try $0.submission(id) }), submission.state == .approved
        else {
            throw ApprovalError(
                .wrongContent, zh: "没有等待签发的报送“\(signed.subject)”", en: "no submission waits as \"\(signed.subject)\"")
        }
        let places = check.history.places(ofEvidence: try signed.digest)
        guard let place = places.first, places.count == 1 else { throw ApprovalError.notRecorded }
        let statement = try await office.store.read {
            try check.statement(
                of: signed, at: place, after: $0.counter(before: evidence), hashes: $0.auditHash)
        }
        try await requireOfficer(statement.account, of: submission)
        let job = try await open(submission)
        let plan = try await job.plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        let known = try await issue.known(plan)
        let propose = ProposeBatch(
            in: office, trust: try office.home.requiredTrustList(), awardDate: submission.awardDate,
            look: LookChoice(), photos: nil)
        guard job.institution.id == submission.institution,
            let proposal = try await issue.proposal(of: job, plan, known, by: propose)
        else {
            throw Refusal(
                .configuration, zh: "机构 \(submission.institution) 没有已公布的有效密钥",
                en: "institution \(submission.institution) has no published active key",
                remedy: .createKey(institution: submission.institution.text))
        }
        let content = try await office.store.read {
            try $0.content(of: submission, proposal.statement, count: plan.bins[.issued], answered: job.answers.count)
        }
        try check.require(content, approvedBy: statement)
        return Checked(
            submission: submission, job: job, plan: plan, known: known, proposal: proposal,
            approver: statement.account)
    }

    private func requireOfficer(_ id: AccountID, of submission: Submission) async throws {
        let (account, roles) = try await office.store.read { (try $0.requiredAccount(id), try $0.roles(of: id)) }
        let day = Clock.today()
        let isOfficer = roles.contains {
            $0.role == Role.officer.rawValue && $0.isGood(on: day)
                && ($0.institution == nil || $0.institution == submission.institution)
        }
        guard isOfficer, account.state == .active else {
            throw ApprovalError(
                .outOfScope, zh: "批准人不是该机构的审批员", en: "the approver is no officer for this institution")
        }
    }

    /// What the sender answered for is answered for by who approves.
    private func settle(_ checked: Checked, by actor: Actor) async throws {
        let known = try await office.store.read { Set(try $0.settlements().map(\.rowKey)) }
        for settlement in try await checked.job.settlements(checked.plan) where !known.contains(settlement.rowKey) {
            try await office.perform(settlement.act, by: actor)
        }
    }

    private func refuse(_ evidence: ApprovalEvidence, _ words: BilingualText) async throws -> Outcome {
        let signer = Actor("signer", by: .signature, may: [.approve])
        try await office.perform(RefuseApproval(evidence: evidence, words: words), by: signer)
        return .refused(words)
    }

    /// Of what was approved, rather than of the place where it is checked.
    private static func isRefusal(_ error: any Explained) -> Bool {
        if error is StoreError || error is FileError { return false }
        return [.refused, .denied, .conflict, .missing, .damaged].contains(error.category)
    }

    private static func isOfApproval(_ error: IssuanceError) -> Bool {
        switch error.code {
        case .contentChanged, .awardBeforeExam, .awardAhead, .notFiledOnAwardDate, .sealRefused, .changeRefused: true
        default: false
        }
    }
}
