import Audit
import Store

/// That somebody approved, and as whom what was approved is done.
package struct GivenApproval: Sendable {
    package let approval: Approval
    package let actor: Actor

    package init(_ approval: Approval, by actor: Actor) { (self.approval, self.actor) = (approval, actor) }
}
