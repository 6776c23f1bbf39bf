import AuditLog
import Credential
import Encodings
import Errors
import Signing
import StatusList
import Store

/// Reissues and corrections as they were approved, prepared and completed.
struct AuditedCampaigns: Sendable {
    private var approvals: [Int64: AuditAct] = [:]
    private var parts: [Int64: [AuditedPart]] = [:]
    private var completions: [Int64: Int] = [:]
    private var pauses = AuditedPauses()

    mutating func add(_ act: AuditAct) throws {
        guard
            [.corrected, .reissueApproved, .reissuePrepared, .reissueCompleted, .reissuePaused, .reissueResumed]
                .contains(act.kind)
        else { return }
        guard let id = act.subject[number: .campaign].map(Int64.init) else {
            throw AuditProblem(contradicted: act.words)
        }
        switch act.kind {
        case .reissuePrepared:
            guard let batch = act.subject[number: .batch], let row = act.subject[number: .row],
                let count = act.subject[number: .certificates]
            else { throw AuditProblem(contradicted: act.words) }
            let first = CertificateKey(batch: BatchID(Int64(batch)), row: row)
            parts[id, default: []].append(AuditedPart(position: first, count: count, digest: act.digest))
        case .reissuePaused, .reissueResumed: pauses.add(act, of: id)
        case .reissueCompleted: completions[id] = completions[id] ?? act.time
        default: approvals[id] = act
        }
    }

    func check(against store: any StoreReading) throws {
        let campaigns = try store.campaigns()
        guard campaigns.count == approvals.count else {
            throw AuditProblem(
                .contradicted, zh: "批准过 \(approvals.count) 个补换批次，但数据库中有 \(campaigns.count) 个",
                en: "\(approvals.count) campaigns were approved, but the database has \(campaigns.count)")
        }
        var found = (versions: 0, corrections: 0)
        for campaign in campaigns {
            let id = campaign.id.value
            let progress = try store.progress(of: campaign.id)
            guard try AuditAct(approving: campaign, of: store.members(of: campaign.id)) == approvals[id],
                campaign.completedAt == completions[id], pauses.agree(with: campaign),
                campaign.completedAt == nil || progress.sealed + progress.passedOver == progress.total
            else { throw AuditProblem(contradictedZh: "补换批次 \(id)", en: "campaign \(id)") }
            var prepared = try PreparedParts(parts[id] ?? [])
            try store.forEachReplacement(of: campaign.id) { version, correction in
                guard try prepared.add({ hasher in try hasher.update(version, correction) }),
                    correction?.approval ?? campaign.approval == campaign.approval
                else { throw AuditProblem(contradictedZh: "补换批次 \(id) 的一份证书", en: "a certificate of campaign \(id)") }
                found.versions += 1
                found.corrections += correction == nil ? 0 : 1
            }
            guard prepared.isAtEnd else {
                throw AuditProblem(
                    contradictedZh: "补换批次 \(id) 的证书数", en: "the number of certificates of campaign \(id)")
            }
        }
        guard try store.replacementCounts() == found else {
            throw AuditProblem(
                .contradicted, zh: "有不属于任何补换批次的新版本或更正",
                en: "there are new versions or corrections that no campaign prepared")
        }
    }
}

extension AuditAct {
    /// - Parameter members: in the store's order.
    package init(approving campaign: Campaign, of members: [VersionKey]) throws {
        // The digest that was approved is of the content; this is of the record that stands for it.
        let record = try SHA256Hasher()
        try record.update(Array(campaign.name.utf8) + [0] + campaign.changeBox)
        var lines: [UInt8] = []
        for member in members { lines += "\(member.certificate) \(member.version)\n".utf8 }
        try record.update(lines)
        self.init(
            campaign.cause == .corrected ? .corrected : .reissueApproved, campaign.approval,
            subject: AuditSubject.campaign(campaign.id).with(.certificates, .number(members.count))
                .with(.cause, .text(campaign.cause.rawValue))
                .with(.record, .text(Hex.encode(try record.finalize().prefix(16)))),
            digest: campaign.digest)
    }
}

extension SHA256Hasher {
    /// What a campaign prepared for one certificate.
    package func update(_ version: UnsignedVersion, _ correction: Correction?) throws {
        try update(version.payload + version.keyID)
        guard let correction else { return }
        try update(correction.historyBox + (correction.person ?? []) + (correction.privateBox ?? []))
    }
}
