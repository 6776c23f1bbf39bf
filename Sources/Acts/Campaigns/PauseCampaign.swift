import Audit
import Errors
import Store

/// Stops a campaign after the part under way; running it lets it go on.
package struct PauseCampaign: Act {
    private let name: String

    package init(named name: String) { self.name = name }

    package var permission: Permission { .reissue }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard let campaign = try transaction.campaign(named: name) else {
            throw Refusal(
                .missing, zh: "没有名为“\(name)”的补换批次", en: "there is no campaign \"\(name)\"", remedy: .listCampaigns)
        }
        guard campaign.completedAt == nil else {
            throw Refusal(
                .usage, zh: "补换批次“\(name)”已经完成，不能再暂停",
                en: "campaign \"\(name)\" is finished; there is nothing to pause")
        }
        try transaction.pause(campaign, by: actor.name, at: time)
    }
}
