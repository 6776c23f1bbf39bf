import AuditLog
import Signing
import StatusList
import Store

/// Takes an older database into service again: what was used up since is known from the last
/// checkpoint, and is passed over for ever.
package struct RestoreAcceptance: Sendable {
    package struct Outcome: Sendable {
        /// Acts that the database never had; empty when it lacks none.
        package let lost: Range<Int>
        package let passedOverSerials: Int
        package let passedOverIndexes: Int
    }

    private let store: any Store
    private let folder: CheckpointFolder

    package init(store: any Store, folder: CheckpointFolder) {
        self.store = store
        self.folder = folder
    }

    /// - Parameter checkpoint: the last that was published anywhere, with its marks.
    package func accept(_ checkpoint: AuditCheckpoint, approval: Approval) async throws -> Outcome {
        if let newest = try folder.newest(), newest.sequence > checkpoint.sequence {
            throw AuditProblem(
                .behind,
                "checkpoint \(checkpoint.sequence) is not the last: \(newest.sequence) was recorded here; give that one"
            )
        }
        // First, so that the audit trail can be verified from the moment it goes on.
        try folder.keep(checkpoint)
        let outcome = try await store.write { transaction in
            let last = try transaction.lastAuditEntry()
            if let last, last.act.kind == .restoreAccepted, last.previous == checkpoint.hash {
                // Stopped just after this transaction.
                return Outcome(lost: last.sequence..<last.sequence, passedOverSerials: 0, passedOverIndexes: 0)
            }
            let found = try transaction.auditEntries(after: checkpoint.sequence - 1, limit: 1).first
            if found?.sequence == checkpoint.sequence {
                guard found?.hash == checkpoint.hash else {
                    throw AuditProblem(
                        .rewritten, "the database has another history than checkpoint \(checkpoint.sequence)")
                }
                let end = checkpoint.sequence + 1
                try transaction.append(
                    AuditAct(.restoreAccepted, approval, subject: "checkpoint \(checkpoint.sequence), nothing lost"))
                return Outcome(lost: end..<end, passedOverSerials: 0, passedOverIndexes: 0)
            }
            let (serials, indexes) = try Self.passOver(checkpoint.marks, in: transaction)
            let lost = (last?.sequence ?? 0) + 1..<checkpoint.sequence + 1
            try transaction.append(
                AuditAct(
                    .restoreAccepted, approval, subject: "acts \(lost.lowerBound) to \(checkpoint.sequence) lost",
                    digest: last?.hash ?? AuditEntry.noPrevious),
                resumingAfter: checkpoint)
            return Outcome(lost: lost, passedOverSerials: serials, passedOverIndexes: indexes)
        }
        try folder.markAccepted()
        try await AuditTrail(store: store, folder: folder).keepCheckpoint(at: approval.time)
        return outcome
    }

    /// Numbers and places in status lists that were given out since.
    private static func passOver(
        _ marks: [String: Int], in transaction: any StoreWriting
    ) throws -> (serials: Int, indexes: Int) {
        var (serials, indexes) = (0, 0)
        for (mark, used) in marks.sorted(by: { $0.key < $1.key }) where mark.hasPrefix(Marks.serial) {
            let series = String(mark.dropFirst(Marks.serial.count))
            let next = try transaction.nextSerial(in: series)
            guard used > next else { continue }
            try transaction.setNextSerial(used, in: series)
            serials += used - next
        }
        for list in try transaction.statusLists() {
            guard let used = marks[Marks.statusList + String(list.id)], used > list.next else { continue }
            try transaction.setNextStatusIndex(used, of: list.id)
            indexes += used - list.next
        }
        return (serials, indexes)
    }
}
