import Audit
import Store

/// Lets a paused campaign go on; one that is not paused goes on as it is.
package struct ResumeCampaign: Act {
    private let campaign: Campaign

    package init(_ campaign: Campaign) { self.campaign = campaign }

    package var permission: Permission { .reissue }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.resume(campaign, by: actor.name, at: time)
    }
}
