import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func job(_ id: JobID) throws -> Job? {
        try Row.fetchOne(db, sql: "SELECT * FROM job WHERE id = ?", arguments: [id.value]).map(Job.init(row:))
    }

    func job(key: String) throws -> Job? {
        try Row.fetchOne(db, sql: "SELECT * FROM job WHERE key = ?", arguments: [key]).map(Job.init(row:))
    }

    func jobs(of subject: String) throws -> [Job] {
        try Row.fetchAll(db, sql: "SELECT * FROM job WHERE subject = ? ORDER BY id DESC", arguments: [subject])
            .map(Job.init(row:))
    }

    func jobs(limit: Int) throws -> [Job] {
        try Row.fetchAll(db, sql: "SELECT * FROM job ORDER BY id DESC LIMIT ?", arguments: [limit])
            .map(Job.init(row:))
    }

    func resultPiece(_ position: Int, of job: JobID) throws -> [UInt8]? {
        try Row.fetchOne(
            db, sql: "SELECT piece FROM job_piece WHERE job = ? AND position = ?", arguments: [job.value, position])?
            .bytes("piece")
    }

    func enqueue(_ job: NewJob) throws -> Job {
        try db.execute(
            sql: """
                INSERT INTO job (kind, subject, institution, key, parameters, asked_by, asked_at, state, done, total,
                                 tries, problem, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', 0, 0, 0, '', ?7) ON CONFLICT (key) DO NOTHING
                """,
            arguments: [
                job.kind, job.subject, job.institution?.description ?? "", job.key, job.parameters.data,
                job.by?.bytes.data, job.askedAt,
            ])
        guard let kept = try self.job(key: job.key) else { throw Self.noJob }
        return kept
    }

    func takeJob(of kinds: Set<String>, by owner: String, seconds: Int, at time: Int) throws -> TakenJob? {
        let marks = kinds.map { _ in "?" }.joined(separator: ", ")
        let ids = try Row.fetchAll(
            db,
            sql: """
                SELECT job.id FROM job LEFT JOIN lease ON lease.name = 'job-' || job.id
                WHERE job.state IN ('queued', 'running') AND job.kind IN (\(marks))
                    AND (lease.ends_at IS NULL OR lease.ends_at <= ?)
                ORDER BY job.id LIMIT 1
                """, arguments: kinds.sorted() + [now()])
        guard let id = ids.first.map({ JobID($0["id"]) }),
            let lease = try takeLease(id.leaseName, by: owner, seconds: seconds)
        else { return nil }
        try db.execute(sql: "DELETE FROM job_piece WHERE job = ?", arguments: [id.value])
        try db.execute(
            sql: "UPDATE job SET state = 'running', tries = tries + 1, changed_at = ? WHERE id = ?",
            arguments: [time, id.value])
        return try job(id).map { TakenJob(job: $0, lease: lease) }
    }

    func record(done: Int, of total: Int, for job: TakenJob) throws {
        try requireHeld(job)
        try db.execute(
            sql: "UPDATE job SET done = ?, total = ? WHERE id = ?", arguments: [done, total, job.job.id.value])
    }

    func append(piece: [UInt8], at position: Int, of job: TakenJob) throws {
        try requireHeld(job)
        try db.execute(
            sql: "INSERT INTO job_piece (job, position, piece) VALUES (?, ?, ?)",
            arguments: [job.job.id.value, position, piece.data])
    }

    func finish(_ job: TakenJob, result: JobResult?, at time: Int) throws {
        try requireHeld(job)
        try db.execute(
            sql: """
                UPDATE job SET state = 'done', done = total, changed_at = ?, problem = '', file_name = ?, media_type = ?,
                               byte_count = ?, piece_count = ?
                WHERE id = ?
                """,
            arguments: [
                time, result?.fileName, result?.mediaType, result?.byteCount, result?.pieceCount, job.job.id.value,
            ])
        try release(job.lease)
    }

    func fail(_ job: TakenJob, problem: String, at time: Int) throws {
        try requireHeld(job)
        try db.execute(
            sql: "UPDATE job SET state = 'failed', problem = ?, changed_at = ? WHERE id = ?",
            arguments: [problem, time, job.job.id.value])
        try release(job.lease)
    }

    func putBack(_ job: TakenJob, at time: Int) throws {
        try requireHeld(job)
        try change(job.job.id, to: .queued, from: [.running], at: time)
        try release(job.lease)
    }

    func pauseJob(_ id: JobID, at time: Int) throws {
        try change(id, to: .paused, from: [.queued, .running], at: time)
    }

    func cancelJob(_ id: JobID, at time: Int) throws {
        try change(id, to: .cancelled, from: [.queued, .running, .paused], at: time)
    }

    func requeueJob(_ id: JobID, by account: AccountID?, at time: Int) throws {
        try change(id, to: .queued, from: [.paused, .done, .failed, .cancelled], at: time)
        try removeResult(of: id)
        try db.execute(
            sql: "UPDATE job SET done = 0, total = 0, tries = 0, problem = '', asked_by = ? WHERE id = ?",
            arguments: [account?.bytes.data, id.value])
    }

    func removeResults(endedBy time: Int) throws {
        let ids = try Row.fetchAll(
            db,
            sql: """
                SELECT id FROM job WHERE state IN ('done', 'failed', 'cancelled') AND changed_at <= ?
                    AND (file_name IS NOT NULL OR EXISTS (SELECT 1 FROM job_piece WHERE job_piece.job = job.id))
                """, arguments: [time])
        for row in ids { try removeResult(of: JobID(row["id"])) }
    }

    private func removeResult(of id: JobID) throws {
        try db.execute(sql: "DELETE FROM job_piece WHERE job = ?", arguments: [id.value])
        try db.execute(
            sql:
                "UPDATE job SET file_name = NULL, media_type = NULL, byte_count = NULL, piece_count = NULL WHERE id = ?",
            arguments: [id.value])
    }

    private func change(_ id: JobID, to state: Job.State, from states: [Job.State], at time: Int) throws {
        guard let job = try job(id) else { throw Self.noJob }
        guard states.contains(job.state) else {
            throw StoreError(
                .conflict, zh: "任务 \(id.value) 已不在原来的状态；请刷新页面再看",
                en: "job \(id.value) is in another state by now; look again")
        }
        try db.execute(
            sql: "UPDATE job SET state = ?, changed_at = ? WHERE id = ?", arguments: [state.rawValue, time, id.value])
    }

    /// The lease is held, and nobody has paused or cancelled the job meanwhile.
    private func requireHeld(_ job: TakenJob) throws {
        try requireHeld(job.lease)
        guard try self.job(job.job.id)?.state == .running else {
            throw StoreError(
                .conflict, zh: "任务 \(job.job.id.value) 已暂停或取消；没有任何更改",
                en: "job \(job.job.id.value) is paused or cancelled; nothing was changed")
        }
    }

    private static var noJob: StoreError { StoreError(.notFound, zh: "没有这个任务", en: "there is no such job") }
}

extension Job {
    fileprivate init(row: Row) throws {
        guard let state = State(rawValue: row["state"]) else {
            throw StoreError(.damaged, zh: "有一个任务的状态未知", en: "a job has an unknown state")
        }
        let institution: String = row["institution"]
        let asked = NewJob(
            kind: row["kind"], subject: row["subject"],
            institution: institution.isEmpty ? nil : InstitutionID(institution), key: row["key"],
            parameters: row.bytes("parameters"), by: row["asked_by"] == nil ? nil : try row.account("asked_by"),
            askedAt: row["asked_at"])
        var result: JobResult?
        if let fileName: String = row["file_name"] {
            result = JobResult(
                fileName: fileName, mediaType: row["media_type"], byteCount: row["byte_count"],
                pieceCount: row["piece_count"])
        }
        self.init(
            id: JobID(row["id"]), asked: asked, state: state, done: row["done"], total: row["total"],
            tries: row["tries"], problem: row["problem"], changedAt: row["changed_at"], result: result)
    }
}
