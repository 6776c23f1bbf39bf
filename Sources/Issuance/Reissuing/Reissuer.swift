import Audit
import AuditLog
import Credential
import Errors
import PersonalData
import Signing
import StatusList
import Store
import Trust

/// Gives certificates a new version under their numbers. docs/issuance-cycle.md explains the order:
/// nobody is ever without a valid version, and killed at any moment and run again, it ends the same.
package struct Reissuer: Sendable {
    static let chunkSize = 4000

    let store: any IssuingStore
    let keys: SigningKeys
    /// With which each institution signs now.
    let activeKeys: [InstitutionID: PublicKey]
    let dataKeys: DataKeys
    let trust: VerifiedTrustList
    let status: StatusTerms
    let now: @Sendable () -> Int

    package init(
        store: any IssuingStore, keys: SigningKeys, activeKeys: [InstitutionID: PublicKey], dataKeys: DataKeys,
        trust: VerifiedTrustList, status: StatusTerms, now: @escaping @Sendable () -> Int
    ) {
        self.store = store
        self.keys = keys
        self.activeKeys = activeKeys
        self.dataKeys = dataKeys
        self.trust = trust
        self.status = status
        self.now = now
    }

    /// Records the approval of exactly these certificates and changes; the same again is found, not added.
    package func approve(
        _ plan: ReissuePlan, name: String, cause: StatusReason, approval: Approval
    ) async throws -> Campaign {
        for institution in plan.institutions.keys { _ = try key(of: institution) }
        let digest = try plan.digest
        let box = try IdentityProtector(dataKeys).seal(plan.change.encoded(), label: Array("campaign|".utf8) + digest)
        return try await store.write { transaction in
            if let known = try transaction.campaign(named: name) {
                guard known.digest == digest else {
                    throw IssuanceError(
                        .contentChanged, zh: "已有名为“\(name)”的补换批次，但证书或更改不同；请换一个名称",
                        en: "a campaign \"\(name)\" of other certificates or changes exists; give another name")
                }
                return known
            }
            let campaign = try transaction.insertCampaign(
                name: name, digest: digest, cause: cause, changeBox: box, approval: approval, replacing: plan.versions)
            let members = plan.versions.sorted { $0.certificate < $1.certificate }
            try transaction.append(AuditAct(approving: campaign, of: members))
            return campaign
        }
    }

    /// Prepares, signs and keeps what the campaign still lacks.
    ///
    /// - Returns: false when somebody paused it.
    package func run(
        _ campaign: Campaign, onProgress: (IssuanceProgress) -> Void = { _ in },
        onStep: (IssuanceStep) throws -> Void = { _ in }
    ) async throws -> Bool {
        guard campaign.completedAt == nil else { return true }
        guard now() <= trust.list.nextUpdate else {
            throw IssuanceError(
                .trustListStale, zh: "信任列表已过下次更新时间；请公布新的",
                en: "the trust list is past its next update; publish a new one", remedy: .publishTrust)
        }
        let before = try await store.read { try $0.progress(of: campaign.id) }
        var done = before.sealed
        func report(_ count: Int) {
            done += count
            onProgress(IssuanceProgress(stage: .signing, done: done, total: before.total - before.passedOver))
        }
        let change = try CertificateChange(
            decoding: IdentityProtector(dataKeys).open(
                campaign.changeBox, label: Array("campaign|".utf8) + campaign.digest))
        try onStep(.approved)
        var signed = Signed()
        // An earlier run's, durable and unsigned.
        while true {
            let rest = try await keep(signed, of: campaign) {
                try $0.unsignedReplacements(of: campaign.id, limit: Self.chunkSize)
            }
            report(signed.signatures.count)
            if rest.isEmpty { break }
            signed = Signed(signatures: try await SigningPool.start(SigningPermit(durable: rest), with: keys).value)
        }
        var signing: (task: Task<[VersionSignature], any Error>, replaced: [CertificateKey: StatusChange])?
        signed = Signed()
        var last: CertificateKey?
        do {
            while true {
                // While one chunk is being signed, the next is prepared, and the one before it is kept.
                let (kept, start) = (signed, last)
                let prepared = try await keep(kept, of: campaign) { transaction -> Prepared? in
                    guard try transaction.campaign(named: campaign.name)?.pausedAt == nil else { return nil }
                    return try prepare(change, of: campaign, after: start, in: transaction)
                }
                try onStep(.kept)
                report(kept.signatures.count)
                signed = Signed(signatures: try await signing?.task.value ?? [], replaced: signing?.replaced ?? [:])
                signing = nil
                if let prepared, let end = prepared.versions.last?.key.certificate {
                    last = end
                    try onStep(.prepared)
                    let task = SigningPool.start(SigningPermit(durable: prepared.versions), with: keys)
                    signing = (task, prepared.replaced)
                    continue
                }
                try onStep(.signed)
                if !signed.signatures.isEmpty { continue }
                if prepared == nil { return false }
                break
            }
            try await complete(campaign)
            try onStep(.completed)
            return true
        } catch {
            signing?.task.cancel()
            _ = await signing?.task.result
            throw error
        }
    }

    private func complete(_ campaign: Campaign) async throws {
        let time = now()
        try await store.write { transaction in
            try transaction.complete(campaign.id, at: time)
            try transaction.append(
                AuditAct(
                    .reissueCompleted, actor: campaign.approval.actor, subject: .campaign(campaign.id),
                    digest: campaign.digest, time: time))
        }
    }
}
