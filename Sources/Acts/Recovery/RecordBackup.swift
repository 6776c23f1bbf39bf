import Audit
import AuditLog
import Store

/// Writes down that a backup is made: before it is, so that it is in the backup.
package struct RecordBackup: Act {
    package init() {}

    package var permission: Permission { .backUp }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.append(AuditAct(.backedUp, actor: actor.name, subject: [:], time: time))
    }
}
