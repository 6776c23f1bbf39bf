import Audit
import AuditLog
import Credential
import Signing
import Store

/// Lets holders in to their certificates, each once.
package struct InviteHolders: Act {
    private let invitations: [ClaimInvitation]
    private let subject: AuditSubject

    /// - Parameter subject: whose they are, as the record names it.
    package init(_ invitations: [ClaimInvitation], subject: AuditSubject) {
        (self.invitations, self.subject) = (invitations, subject)
    }

    package init(_ links: HolderLinks, toBatch batch: BatchID) throws {
        self.init(try links.invitations, subject: .batch(batch))
    }

    package var permission: Permission { .inviteHolders }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        for invitation in invitations { try transaction.save(invitation) }
        try transaction.append(
            AuditAct(
                .holdersInvited, actor: actor.name, subject: subject,
                digest: SHA256.digest(invitations.flatMap(\.digest)), time: time))
    }
}
