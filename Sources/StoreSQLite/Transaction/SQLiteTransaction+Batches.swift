import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func batch(_ id: BatchID) throws -> Batch? {
        try Row.fetchOne(db, sql: "\(Self.newestApproval) WHERE id = ?", arguments: [id.value]).map(Batch.init(row:))
    }

    func batch(content: [UInt8]) throws -> Batch? {
        try Row.fetchOne(db, sql: "\(Self.newestApproval) WHERE content = ?", arguments: [content.data]).map(
            Batch.init(row:))
    }

    func batches() throws -> [Batch] {
        try Row.fetchAll(db, sql: "\(Self.newestApproval) ORDER BY id").map(Batch.init(row:))
    }

    private static let newestApproval = """
        SELECT * FROM batch JOIN batch_approval AS newest ON newest.batch = batch.id AND newest.sequence =
            (SELECT max(sequence) FROM batch_approval WHERE batch_approval.batch = batch.id)
        """

    func approvals(of batch: BatchID) throws -> [BatchApproval] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM batch_approval WHERE batch = ? ORDER BY sequence", arguments: [batch.value]
        ).map(BatchApproval.init(row:))
    }

    func photos(of batch: BatchID) throws -> [Int: [UInt8]] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT sheet_row, digest FROM batch_photo WHERE batch = ?", arguments: [batch.value])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["sheet_row"], $0.bytes("digest")) })
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
                "batch": batch.value, "first": CertificateKey.first(of: batch),
                "last": CertificateKey.last(of: batch),
            ])
        guard let row else { throw StoreError(.failed, zh: "数据库没有给批次编号", en: "the database did not count a batch") }
        return BatchProgress(prepared: row["prepared"], sealed: row["sealed"], skipped: row["skipped"])
    }

    func unpreparedChunks(of batch: BatchID) throws -> [BatchChunk] {
        try Row.fetchAll(
            db,
            sql: "SELECT position, digest FROM batch_chunk WHERE batch = ? AND skipped IS NULL ORDER BY position",
            arguments: [batch.value]
        ).map { BatchChunk(position: $0["position"], digest: $0.bytes("digest")) }
    }

    func photo(ofRow row: Int, of batch: BatchID) throws -> [UInt8]? {
        try Row.fetchOne(
            db, sql: "SELECT digest FROM batch_photo WHERE batch = ? AND sheet_row = ?", arguments: [batch.value, row]
        )?.bytes("digest")
    }

    func insertBatch(
        content: [UInt8], institution: InstitutionID, awardDate: CalendarDate, _ approved: BatchApproval,
        chunks: [BatchChunk]
    ) throws -> Batch {
        let id = BatchID(
            try identity(
                of: "INSERT INTO batch (content, institution, award_day) VALUES (?, ?, ?) RETURNING id",
                [content.data, institution.text, awardDate.daysSinceEpoch]))
        let statement = try RawStatement(db, "INSERT INTO batch_chunk (batch, position, digest) VALUES (?, ?, ?)")
        for chunk in chunks {
            statement.bind(1, id.value)
            statement.bind(2, chunk.position)
            statement.bind(3, chunk.digest)
            try statement.run()
        }
        try approve(id, approved)
        return Batch(
            id: id, content: content, institution: institution, awardDate: awardDate, approved: approved,
            completedAt: nil)
    }

    func approve(_ batch: BatchID, _ approved: BatchApproval) throws {
        let before = try Int.fetchOne(
            db, sql: "SELECT max(sequence) FROM batch_approval WHERE batch = ?", arguments: [batch.value])
        try db.execute(
            sql: """
                INSERT INTO batch_approval (batch, sequence, digest, statement, approved_by, approval_reason, approved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch.value, (before ?? 0) + 1, approved.digest.data, approved.statement, approved.approval.actor,
                approved.approval.reason, approved.approval.time,
            ])
    }

    func save(photos: [Int: [UInt8]], of batch: BatchID) throws {
        try db.execute(sql: "DELETE FROM batch_photo WHERE batch = ?", arguments: [batch.value])
        let statement = try RawStatement(db, "INSERT INTO batch_photo (batch, sheet_row, digest) VALUES (?, ?, ?)")
        for (row, digest) in photos.sorted(by: { $0.key < $1.key }) {
            statement.bind(1, batch.value)
            statement.bind(2, row)
            statement.bind(3, digest)
            try statement.run()
        }
    }

    func markPrepared(_ position: Int, of batch: BatchID, skipped: Int) throws {
        try db.execute(
            sql: "UPDATE batch_chunk SET skipped = ? WHERE batch = ? AND position = ? AND skipped IS NULL",
            arguments: [skipped, batch.value, position])
        guard db.changesCount == 1 else {
            throw StoreError(
                .conflict, zh: "批次的第 \(position) 部分已由另一个进程准备好",
                en: "part \(position) of the batch was already prepared by another worker")
        }
    }

    func complete(_ batch: BatchID, at time: Int) throws {
        let progress = try progress(of: batch)
        guard try unpreparedChunks(of: batch).isEmpty, progress.prepared == progress.sealed else {
            throw StoreError(
                .conflict, zh: "批次在全部签名之前不能结束；请重新运行同一次签发",
                en: "a batch was to be closed before all of it was signed; run the same issue again")
        }
        try db.execute(
            sql: "UPDATE batch SET completed_at = coalesce(completed_at, ?) WHERE id = ?",
            arguments: [time, batch.value])
        guard db.changesCount == 1 else { throw Self.noSuchBatch }
    }

    static let noSuchBatch = StoreError(.notFound, zh: "库中没有这个批次", en: "the store has no such batch")

    func nextSerial(in series: String) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT next FROM number_series WHERE series = ?", arguments: [series]) ?? 1
    }

    func takeSerials(_ count: Int, in series: String) throws -> Range<Int> {
        let first = try nextSerial(in: series)
        try setNextSerial(first + count, in: series)
        return first..<(first + count)
    }

    func setNextSerial(_ serial: Int, in series: String) throws {
        guard try nextSerial(in: series) <= serial else {
            throw StoreError(.conflict, zh: "系列 \(series) 的流水号只能增加", en: "serials of series \(series) only go up")
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
            id: BatchID(row["id"]), content: row.bytes("content"), institution: InstitutionID(row["institution"]),
            awardDate: CalendarDate(daysSinceEpoch: row["award_day"]), approved: BatchApproval(row: row),
            completedAt: row["completed_at"])
    }
}

extension BatchApproval {
    fileprivate init(row: Row) {
        self.init(
            digest: row.bytes("digest"), statement: row["statement"],
            approval: Approval(actor: row["approved_by"], reason: row["approval_reason"], time: row["approved_at"]))
    }
}
