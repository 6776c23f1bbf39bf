import Audit
import AuditLog
import Signing
import Store

/// Writes down that a key was made: before its public part is kept, which is what makes it known.
package struct CreateKey: Act {
    private let key: PublicKey
    private let subject: AuditSubject

    /// - Parameter subject: the key, and whose or what for.
    package init(_ key: PublicKey, _ subject: AuditSubject) { (self.key, self.subject) = (key, subject) }

    package var permission: Permission { .changeKeys }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.append(
            AuditAct(
                .keyCreated, actor: actor.name, subject: subject, digest: SHA256.digest(key.spki), time: time))
    }
}
