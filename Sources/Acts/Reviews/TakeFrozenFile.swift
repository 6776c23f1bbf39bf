import Audit
import AuditLog
import Credential
import PersonalData
import Store

/// Puts on record that somebody takes a submission's frozen file, which has identity numbers in full: before it is given.
package struct TakeFrozenFile: Act {
    private let submission: Submission
    private let files: FrozenFiles

    package init(of submission: Submission, keys: DataKeys) {
        (self.submission, files) = (submission, FrozenFiles(keys))
    }

    package var permission: Permission { .review }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> [UInt8] {
        let bytes = try files.bytes(of: submission, in: transaction)
        try transaction.append(
            AuditAct(
                .frozenFileTaken, actor: actor.name, subject: [.submission: .number(Int(submission.id.value))],
                digest: submission.digest, time: time))
        return bytes
    }
}
