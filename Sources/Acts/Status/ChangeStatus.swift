import Audit
import Credential
import Encodings
import Errors
import Issuance
import Signing
import StatusList
import Store

/// Revokes, suspends or reinstates the certificates of a plan.
package struct ChangeStatus: Act {
    package let plan: StatusPlan
    private let reason: StatusReason
    private let note: String
    private let approved: [UInt8]?

    /// - Parameters:
    ///   - note: why, in words; it is never published.
    ///   - approved: the digest of the proposal that somebody approved; nil where the act is its own approval.
    package init(_ plan: StatusPlan, reason: StatusReason, note: String, approved: [UInt8]? = nil) {
        (self.plan, self.reason, self.note, self.approved) = (plan, reason, note, approved)
    }

    package var permission: Permission { .changeStatus }
    package var needsSignature: Bool { true }

    package var proposal: Proposal {
        get throws {
            let target = plan.transition.target
            return Proposal(
                .status, digest: try plan.digest(reason), count: plan.changes.count,
                summary: [
                    BilingualText(
                        zh:
                            "\(plan.changes.count) 份证书改为“\(target.chinese)”，\(plan.unchanged.count) 份已经如此，\(plan.refused.count) 份不能更改",
                        en:
                            "\(plan.changes.count) certificates become \(target.name), \(plan.unchanged.count) are so already, "
                            + "\(plan.refused.count) cannot")
                ])
        }
    }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try proposal.require(approved)
        let act = StatusAct(
            transition: plan.transition, reason: reason, note: note, actor: actor.name, time: time)
        try plan.carryOut(act, in: transaction)
    }
}
