import Audit
import AuditLog
import Errors
import Issuance
import Publishing
import Signing
import StatusList
import Store

/// Takes an older database into service again. What was used up since is known from the last checkpoint, and
/// is passed over for ever; what was revoked since, from the status lists as they were published.
package struct RestoreAcceptance: Sendable {
    package struct Outcome: Sendable {
        /// Acts that the database never had; empty when it lacks none.
        package let lost: Range<Int>
        package fileprivate(set) var passedOverSerials = 0
        package fileprivate(set) var passedOverIndexes = 0
        /// Certificates that got a status from the published lists.
        package fileprivate(set) var changed: [StatusTransition: Int] = [:]
        /// Places kept as published whose certificates are lost.
        package fileprivate(set) var keptPlaces = 0
        package fileprivate(set) var begunLists = 0

        fileprivate init(lost: Range<Int>) { self.lost = lost }
    }

    private let store: any AdministrationStore
    private let folder: CheckpointFolder
    private let published: PublishedLists
    private let status: StatusTerms

    package init(
        store: any AdministrationStore, folder: CheckpointFolder, published: PublishedLists, status: StatusTerms
    ) {
        self.store = store
        self.folder = folder
        self.published = published
        self.status = status
    }

    /// - Parameters:
    ///   - checkpoint: the last that was published anywhere, with its marks.
    ///   - listsAreLost: whether to go on though the last published lists are not at hand.
    package func accept(
        _ checkpoint: AuditCheckpoint, listsAreLost: Bool = false, approval: Approval
    ) async throws -> Outcome {
        if let newest = try folder.newest(), newest.sequence > checkpoint.sequence {
            throw AuditProblem(
                .behind, zh: "检查点 \(checkpoint.sequence) 不是最后一个：这里记录过 \(newest.sequence)；请提供那一个",
                en:
                    "checkpoint \(checkpoint.sequence) is not the last: \(newest.sequence) was recorded here; give that one"
            )
        }
        if !listsAreLost {
            try published.requireNewest(await store.read { try $0.statusLists() }, marks: checkpoint.marks)
        }
        let outcome = try await folder.withLock {
            let outcome = try await apply(checkpoint, approval)
            _ = try await AuditTrail(store: store.forAudits, folder: folder).signEnd(at: approval.time)
            return outcome
        }
        try folder.markAccepted()
        return outcome
    }

    private func apply(_ checkpoint: AuditCheckpoint, _ approval: Approval) async throws -> Outcome {
        let losses = try folder.losses().filter { $0.sequence == checkpoint.sequence }
        let state = try await store.read { try DatabaseState(of: $0, beside: checkpoint, losses) }
        // Stopped just after the transaction.
        if case .accepted(let lost) = state { return Outcome(lost: Range(lost)) }
        // First, so that the audit trail can be verified from the moment it goes on.
        try folder.keep(checkpoint)
        if case .lacks(let lost) = state, !losses.contains(where: { $0.lost == lost }) {
            try folder.declare(checkpoint.declaringLost(from: lost.lowerBound, at: approval.time))
        }
        return try await store.write { transaction in
            var outcome = Outcome(lost: try Self.writeDown(checkpoint, state, approval, in: transaction))
            (outcome.passedOverSerials, outcome.passedOverIndexes) = try Self.passOver(
                checkpoint.marks, in: transaction)
            try transaction.endStaffAccess()
            let statuses = try StatusReadback(
                published: published, marks: checkpoint.marks, newListSize: status.listSize, approval: approval
            ).apply(in: transaction)
            outcome.changed = statuses.changed
            outcome.keptPlaces = statuses.keptPlaces
            outcome.begunLists = statuses.begunLists
            return outcome
        }
    }

    /// - Returns: the acts that are lost.
    private static func writeDown(
        _ checkpoint: AuditCheckpoint, _ state: DatabaseState, _ approval: Approval,
        in transaction: any AdministrationWriting
    ) throws -> Range<Int> {
        guard case .lacks(let lost) = state else {
            try transaction.append(
                AuditAct(.restoreAccepted, approval, subject: [.checkpoint: .number(checkpoint.sequence)]))
            return checkpoint.sequence + 1..<checkpoint.sequence + 1
        }
        try transaction.append(
            AuditAct(
                .restoreAccepted, approval,
                subject: [.firstLost: .number(lost.lowerBound), .lastLost: .number(lost.upperBound)],
                digest: transaction.lastAuditEntry()?.hash ?? AuditEntry.noPrevious),
            resumingAfter: checkpoint)
        return Range(lost)
    }

    /// Numbers and places in status lists that were given out since.
    private static func passOver(
        _ marks: [String: Int], in transaction: any AdministrationWriting
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

/// How a database stands to a checkpoint.
private enum DatabaseState {
    /// Nothing is missing.
    case whole
    case lacks(ClosedRange<Int>)
    /// It lacked these, which were declared lost, and goes on after them.
    case accepted(ClosedRange<Int>)

    /// - Parameter losses: what was declared lost up to this checkpoint.
    init(of store: any StoreReading, beside checkpoint: AuditCheckpoint, _ losses: [AuditCheckpoint]) throws {
        if let found = try store.auditEntries(after: checkpoint.sequence - 1, limit: 1).first {
            if found.sequence == checkpoint.sequence {
                guard found.hash == checkpoint.hash else {
                    throw AuditProblem(
                        .rewritten, zh: "数据库的历史与检查点 \(checkpoint.sequence) 不同",
                        en: "the database has another history than checkpoint \(checkpoint.sequence)")
                }
                self = .whole
                return
            }
            let declared = try losses.compactMap(\.lost).first { lost in
                let before = try store.auditEntries(after: lost.lowerBound - 2, limit: 1).first
                let kept = before.flatMap { $0.sequence < lost.lowerBound ? $0.hash : nil }
                return found.sequence == lost.upperBound + 1 && found.act.kind == .restoreAccepted
                    && found.previous == checkpoint.hash && found.act.digest == kept ?? AuditEntry.noPrevious
            }
            guard let declared else {
                throw AuditProblem(
                    .missing,
                    zh: "数据库在缺少操作 \(checkpoint.sequence) 的情况下从操作 \(found.sequence) 继续，而没有人声明其在此丢失：数据库被改动过。" + "请改用一份备份",
                    en:
                        "the database goes on at act \(found.sequence) without act \(checkpoint.sequence), which nobody declared "
                        + "lost here: it was edited. Put a backup in place instead", remedy: .restoreBackup)
            }
            self = .accepted(declared)
            return
        }
        self = .lacks((try store.lastAuditEntry()?.sequence ?? 0) + 1...checkpoint.sequence)
    }
}
