import AuditLog
import Errors
import Signing
import Store

/// The log of acts in a store, together with the checkpoints that are kept outside of it.
package struct AuditTrail: Sendable {
    private static let pageSize = 2000
    private let store: any AuditStore
    private let folder: CheckpointFolder

    package init(store: any AuditStore, folder: CheckpointFolder) {
        self.store = store
        self.folder = folder
    }

    /// Refuses a database that lacks acts which a checkpoint has: an older backup was put in place, and
    /// numbers, statuses and signatures given out since would be given out again.
    package func requireCurrent() async throws {
        guard !folder.isRestored else {
            throw AuditProblem(
                .behind, zh: "本目录是从备份恢复的。在以最后公布的检查点验收之前，不签发也不更改任何内容",
                en:
                    "this home was restored from a backup. Nothing is signed or changed until it is accepted with the last "
                    + "checkpoint that was published", remedy: .acceptBackup)
        }
        guard let newest = try folder.newest() else { return }
        let found = try await store.read { try $0.auditEntries(after: newest.sequence - 1, limit: 1).first }
        guard let found, found.sequence == newest.sequence, found.hash == newest.hash else {
            let last = try await store.read { try $0.lastAuditEntry()?.sequence ?? 0 }
            throw AuditProblem(
                .behind,
                zh: "数据库止于操作 \(last)，但已记录过操作 \(newest.sequence)：放入的是较早的备份或另一个数据库。" + "在以最后公布的检查点验收之前，不签发也不更改任何内容",
                en:
                    "the database ends at act \(last), but act \(newest.sequence) was recorded: an older backup or another "
                    + "database is in place. Nothing is signed or changed until it is accepted with the last checkpoint that "
                    + "was published", remedy: .acceptBackup)
        }
    }

    /// Signs the end of the log, and keeps that outside the database. What others wrote down meanwhile is signed
    /// with it; a history without the newest checkpoint is not signed at all.
    @discardableResult
    package func keepCheckpoint(at time: Int) async throws -> AuditCheckpoint? {
        try await folder.inRound {
            try await requireCurrent()
            return try await signEnd(at: time)
        }
    }

    /// To be called under the lock, where it is known that the log goes on from the newest checkpoint.
    package func signEnd(at time: Int) async throws -> AuditCheckpoint? {
        let (last, marks) = try await store.read { (try $0.lastAuditEntry(), try $0.usedMarks()) }
        guard let last else { return nil }
        if let newest = try folder.newest(), newest.sequence == last.sequence, newest.marks == marks { return newest }
        let checkpoint = AuditCheckpoint(sequence: last.sequence, hash: last.hash, time: time, marks: marks)
        try folder.keep(checkpoint)
        return checkpoint
    }

    /// A log that is as it was written.
    package struct Verified: Sendable {
        package let last: AuditEntry
        /// What was declared lost when an older database was accepted.
        package let losses: [AuditChain.Loss]
    }

    /// Checks the whole chain, its checkpoints, and what is kept against what was written down.
    ///
    /// - Parameters:
    ///   - files: what is served, to be compared as well.
    ///   - approvals: by which signatures of approvals are checked again; without it they are only compared with the log.
    /// - Returns: nil for an empty log.
    package func verify(
        files: PublishedFiles? = nil, approvals: ApprovalBasis? = nil, onEntry: (AuditEntry) throws -> Void = { _ in }
    ) async throws -> Verified? {
        let newest = try folder.newest()
        var chain = try AuditChain(checkpoints: folder.stream())
        var content = AuditedContent(approvals)
        var files = files
        var last = 0
        while true {
            let after = last
            let page = try await store.read { try $0.auditEntries(after: after, limit: Self.pageSize) }
            guard let newest = page.last else { break }
            for entry in page {
                try chain.add(entry)
                try content.add(entry)
                files?.add(entry.act)
                try onEntry(entry)
            }
            last = newest.sequence
        }
        let end = try chain.finish()
        let (audited, marks) = (content, newest?.marks ?? [:])
        try await store.read { try audited.check(against: $0, marks: marks) }
        try files?.check()
        return end.map { Verified(last: $0, losses: chain.losses) }
    }
}

extension StoreReading {
    func usedMarks() throws -> [String: Int] {
        var marks = Dictionary(uniqueKeysWithValues: try serialMarks().map { (Marks.serial + $0.key, $0.value) })
        for list in try statusLists() {
            marks[Marks.statusList + String(list.id)] = list.next
            marks[Marks.publishedList + String(list.id)] = list.publishedAt
        }
        marks[Marks.trustList] = try lastTrustListSequence()
        return marks
    }
}
