import Audit
import Credential
import Errors
import HomeFolder
import Issuance
import Keyring
import PersonalData
import Results
import Signing
import Store
import Trust

/// Signs what plans certify, once somebody has approved exactly that. Stopped at any moment and run again, it ends with
/// the same certificates.
package struct IssueBatch {
    package struct Outcome: Sendable {
        package let batch: Batch
        /// Rows passed over because their holders have the certificate.
        package var skipped: Int
        package var findings: [Finding] = []
        /// Whether anything was signed by this run.
        package var isNew = true
    }

    private let office: Office
    private let trust: VerifiedTrustList
    private let dataKeys: DataKeys
    private let isValidFromAwardDate: Bool
    private var keys: InstitutionKeys

    /// - Parameters:
    ///   - isValidFromAwardDate: lets the award date lie ahead.
    ///   - passphrase: asked for once, when the first key is needed.
    package init(
        in office: Office, trust: VerifiedTrustList, isValidFromAwardDate: Bool,
        passphrase: @escaping @Sendable () throws -> Passphrase
    ) throws {
        (self.office, self.trust, self.isValidFromAwardDate) = (office, trust, isValidFromAwardDate)
        dataKeys = try office.home.dataKeys()
        keys = InstitutionKeys(office.home.keyring, trust: trust, passphrase: passphrase)
    }

    /// What opened the keys, once they were needed.
    package var secret: Passphrase? { keys.secret }

    /// The batch of this very content, if it was approved before.
    package func known(_ plan: BatchPlan) async throws -> Batch? {
        try await office.store.read { try $0.batch(content: plan.digest) }
    }

    /// As it was approved, when it was and the key still signs; nil while the institution has no key that signs.
    package func proposal(
        of job: SheetJob, _ plan: BatchPlan, _ known: Batch?, by propose: ProposeBatch
    ) async throws -> BatchProposal? {
        guard let known else { return try await propose(job, plan) }
        guard var statement = known.statement else {
            throw Refusal(
                .damaged, zh: "批次 \(known.id.value) 的批准内容无法读取",
                en: "what was approved of batch \(known.id.value) cannot be read")
        }
        if known.completedAt == nil { statement.key = try keys.activeKey(of: plan.institution).kid }
        return BatchProposal(
            statement: statement, photos: try await office.store.read { try $0.photos(of: known.id) })
    }

    /// - Parameters:
    ///   - approve: asked where this was not approved yet; nil is no.
    /// - Returns: nil when nobody approves; nothing is signed then.
    package mutating func callAsFunction(
        _ job: SheetJob, _ plan: BatchPlan, _ proposal: BatchProposal?, _ known: Batch?, by actor: Actor,
        approve: (Proposal) async throws -> GivenApproval?, onProgress: @escaping (IssuanceProgress) -> Void
    ) async throws -> Outcome? {
        if let known, known.completedAt != nil {
            let progress = try await office.store.read { try $0.progress(of: known.id) }
            return Outcome(batch: known, skipped: progress.skipped, isNew: false)
        }
        let institution = job.institution
        let privateKeys = try keys.keys(of: institution.id)
        let key = try keys.activeKey(of: institution.id)
        let issuer = Issuer(
            store: office.store.forIssuing, keys: SigningKeys(privateKeys), dataKeys: dataKeys, trust: trust,
            status: office.home.statusTerms, now: Clock.now, dayStart: Clock.start(of:))
        guard let proposal,
            let batch = try await approved(known, plan, proposal, institution, key, by: issuer, approve)
        else { return nil }
        var findings: [Finding] = []
        try await office.carryOut(.issue, by: actor) {
            try await issuer.issue(
                batch, plan: plan, sheet: job.sheet, planner: job.planner, of: institution, key: key,
                onFindings: { findings += $0 }, onProgress: onProgress)
        }
        let progress = try await office.store.read { try $0.progress(of: batch.id) }
        return Outcome(batch: batch, skipped: progress.skipped, findings: findings)
    }

    /// Nil when nobody approves.
    private func approved(
        _ known: Batch?, _ plan: BatchPlan, _ proposal: BatchProposal, _ institution: Institution,
        _ key: PublicKey, by issuer: Issuer, _ approve: (Proposal) async throws -> GivenApproval?
    ) async throws -> Batch? {
        let statement = proposal.statement
        if let known, known.digest == (try statement.digest) { return known }
        guard let given = try await approve(proposal.proposal(count: plan.bins[.issued])) else { return nil }
        try await office.authority.requireSignature(.issue, by: given.actor)
        let approval = given.approval
        if let known {
            return try await BatchReapproval(store: office.store.forIssuing).approve(
                known, statement, photos: nil, approval)
        }
        return try await issuer.approve(
            plan, statement, of: institution, key: key, photos: proposal.photos,
            isValidFromAwardDate: isValidFromAwardDate, approval: approval)
    }
}
