import AuditLog
import Store

extension ReissueWriting where Self: AuditWriting {
    /// Stops a campaign after the part under way.
    package func pause(_ campaign: Campaign, by actor: String, at time: Int) throws {
        try setPaused(campaign.id, at: time)
        try append(
            AuditAct(
                .reissuePaused, actor: actor, subject: .campaign(campaign.id), digest: campaign.digest,
                time: time))
    }

    /// Lets a campaign go on; nothing happens to one that is not paused.
    package func resume(_ campaign: Campaign, by actor: String, at time: Int) throws {
        guard campaign.pausedAt != nil else { return }
        try setPaused(campaign.id, at: nil)
        try append(
            AuditAct(
                .reissueResumed, actor: actor, subject: .campaign(campaign.id), digest: campaign.digest,
                time: time))
    }
}

/// When campaigns were last paused, and whether they went on.
struct AuditedPauses: Sendable {
    private var pauses: [Int64: Int] = [:]

    mutating func add(_ act: AuditAct, of campaign: Int64) {
        pauses[campaign] = act.kind == .reissuePaused ? act.time : nil
    }

    func agree(with campaign: Campaign) -> Bool { campaign.pausedAt == pauses[campaign.id.value] }
}
