import Audit
import AuditLog
import Store

/// Takes back what was submitted, which is a draft again then; or ends a draft.
package struct WithdrawSheet: Act {
    private let id: SheetID

    package init(_ id: SheetID) { self.id = id }

    package var permission: Permission { .submitSheets }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard let sheet = try transaction.sheet(id), sheet.state == .submitted,
            let submission = try transaction.submission(newestOf: id)
        else {
            try transaction.withdraw(id, at: time)
            try transaction.append(
                AuditAct(
                    .sheetWithdrawn, actor: actor.name, subject: [.sheet: .number(Int(id.value))], time: time))
            return
        }
        try transaction.setState(.withdrawn, of: submission.id, batch: nil, at: time)
        try transaction.append(
            AuditAct(
                .sheetWithdrawn, actor: actor.name, subject: .submission(submission), digest: submission.digest,
                time: time))
    }
}
