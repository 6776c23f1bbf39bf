import Audit
import AuditLog
import Store

/// Puts on record that somebody takes a file of a batch, which has names and more: before it is given.
package struct TakeBatchFile: Act {
    private let file: BatchFile
    private let batch: Batch

    package init(_ file: BatchFile, of batch: Batch) { (self.file, self.batch) = (file, batch) }

    package var permission: Permission { .takeFiles }

    /// - Returns: the job that made it; nil when there is no file any more.
    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> Job? {
        guard let job = try transaction.job(key: file.key(of: batch.id)), job.result != nil else { return nil }
        let subject = AuditSubject.batch(batch.id).with(.purpose, .text(file.rawValue))
        try transaction.append(AuditAct(.batchFileTaken, actor: actor.name, subject: subject, time: time))
        return job
    }
}
