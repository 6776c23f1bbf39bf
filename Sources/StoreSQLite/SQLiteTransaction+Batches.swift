import Credential
import GRDB
import Store

extension SQLiteTransaction {
    func batch(digest: [UInt8]) throws -> Batch? {
        try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE digest = ?", arguments: [digest.data]).map(
            Batch.init(row:))
    }

    func batches() throws -> [Batch] {
        try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id").map(Batch.init(row:))
    }

    func progress(of batch: BatchID) throws -> BatchProgress {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT
                    (SELECT count(*) FROM certificate WHERE id BETWEEN :first AND :last) AS prepared,
                    (SELECT count(*) FROM seal WHERE certificate BETWEEN :first AND :last AND version = 1) AS sealed,
                    (SELECT coalesce(sum(skipped), 0) FROM batch_chunk WHERE batch = :batch) AS skipped
                """,
            arguments: [
                "batch": batch.value, "first": CertificateRowID.first(of: batch),
                "last": CertificateRowID.last(of: batch),
            ])
        guard let row else { throw StoreError(.failed, "the database did not count a batch") }
        return BatchProgress(prepared: row["prepared"], sealed: row["sealed"], skipped: row["skipped"])
    }

    func unpreparedChunks(of batch: BatchID) throws -> [BatchChunk] {
        try Row.fetchAll(
            db,
            sql: "SELECT position, digest FROM batch_chunk WHERE batch = ? AND skipped IS NULL ORDER BY position",
            arguments: [batch.value]
        ).map { BatchChunk(position: $0["position"], digest: $0.bytes("digest")) }
    }

    func insertBatch(
        digest: [UInt8], institution: InstitutionID, awardDate: CalendarDate, approval: Approval,
        chunks: [BatchChunk]
    ) throws -> Batch {
        try db.execute(
            sql: """
                INSERT INTO batch (digest, institution, award_day, approved_by, approval_reason, approved_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                digest.data, institution.text, awardDate.daysSinceEpoch, approval.actor, approval.reason,
                approval.time,
            ])
        let id = BatchID(db.lastInsertedRowID)
        let statement = try RawStatement(db, "INSERT INTO batch_chunk (batch, position, digest) VALUES (?, ?, ?)")
        for chunk in chunks {
            statement.bind(1, id.value)
            statement.bind(2, chunk.position)
            statement.bind(3, chunk.digest)
            try statement.run()
        }
        return Batch(
            id: id, digest: digest, institution: institution, awardDate: awardDate, approval: approval,
            completedAt: nil)
    }

    func markPrepared(_ position: Int, of batch: BatchID, skipped: Int) throws {
        try db.execute(
            sql: "UPDATE batch_chunk SET skipped = ? WHERE batch = ? AND position = ? AND skipped IS NULL",
            arguments: [skipped, batch.value, position])
        guard db.changesCount == 1 else {
            throw StoreError(.conflict, "part \(position) of the batch was already prepared by another worker")
        }
    }

    func complete(_ batch: BatchID, at time: Int) throws {
        let progress = try progress(of: batch)
        guard try unpreparedChunks(of: batch).isEmpty, progress.prepared == progress.sealed else {
            throw StoreError(
                .conflict, "a batch was to be closed before all of it was signed; run the same issue again")
        }
        try db.execute(
            sql: "UPDATE batch SET completed_at = coalesce(completed_at, ?) WHERE id = ?",
            arguments: [time, batch.value])
        guard db.changesCount == 1 else { throw Self.noSuchBatch }
    }

    static let noSuchBatch = StoreError(.notFound, "the store has no such batch")

    func nextSerial(in series: String) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT next FROM number_series WHERE series = ?", arguments: [series]) ?? 1
    }

    func setNextSerial(_ serial: Int, in series: String) throws {
        guard try nextSerial(in: series) <= serial else {
            throw StoreError(.conflict, "serials of series \(series) only go up")
        }
        try db.execute(
            sql: """
                INSERT INTO number_series (series, next) VALUES (?, ?)
                ON CONFLICT (series) DO UPDATE SET next = excluded.next
                """,
            arguments: [series, serial])
    }
}

extension Batch {
    fileprivate init(row: Row) {
        self.init(
            id: BatchID(row["id"]), digest: row.bytes("digest"), institution: InstitutionID(row["institution"]),
            awardDate: CalendarDate(daysSinceEpoch: row["award_day"]),
            approval: Approval(actor: row["approved_by"], reason: row["approval_reason"], time: row["approved_at"]),
            completedAt: row["completed_at"])
    }
}
