import AuditLog
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func lastAuditEntry() throws -> AuditEntry? {
        try Row.fetchOne(db, sql: "SELECT * FROM audit ORDER BY sequence DESC LIMIT 1").map(AuditEntry.init(row:))
    }

    func auditEntries(after sequence: Int, limit: Int) throws -> [AuditEntry] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?", arguments: [sequence, limit]
        ).map(AuditEntry.init(row:))
    }

    func serialMarks() throws -> [String: Int] {
        let rows = try Row.fetchAll(db, sql: "SELECT series, next FROM number_series")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["series"], $0["next"]) })
    }

    @discardableResult
    func append(_ act: AuditAct) throws -> AuditEntry {
        let entry = try AuditEntry(act, after: lastAuditEntry())
        try insert(entry)
        return entry
    }

    func append(_ act: AuditAct, resumingAfter checkpoint: AuditCheckpoint) throws {
        let last = try lastAuditEntry()
        guard checkpoint.sequence > last?.sequence ?? 0, act.digest == last?.hash ?? AuditEntry.noPrevious else {
            throw StoreError(
                .conflict, zh: "审计记录要接在它没有的操作之后继续，并指明了其最后一个",
                en: "the audit trail goes on after acts that it lacks, and names its last one")
        }
        try insert(AuditEntry(act, resumingAfter: checkpoint))
    }

    private func insert(_ entry: AuditEntry) throws {
        let act = entry.act
        try db.execute(
            sql: """
                INSERT INTO audit (sequence, time, actor, act, subject, digest, reason, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.sequence, act.time, act.actor, act.kind.rawValue, act.subject.json, act.digest.data, act.reason,
                entry.previous.data, entry.hash.data,
            ])
    }

    func trustList(sequence: Int?) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT jws FROM trust_list WHERE sequence = coalesce(?, (SELECT max(sequence) FROM trust_list))",
            arguments: [sequence])
    }

    func lastTrustListSequence() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT max(sequence) FROM trust_list") ?? 0
    }

    func saveTrustList(_ jws: String, sequence: Int, after last: Int) throws {
        guard try lastTrustListSequence() == last, sequence > last else {
            throw StoreError(
                .conflict, zh: "其间公布了另一份信任列表；没有公布任何内容，请重新运行该命令",
                en: "another trust list was published meanwhile; nothing was published, run the command again")
        }
        try db.execute(sql: "INSERT INTO trust_list (sequence, jws) VALUES (?, ?)", arguments: [sequence, jws])
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        let name: String = row["act"]
        let sequence: Int = row["sequence"]
        guard let kind = AuditAct.Kind(rawValue: name) else {
            throw AuditProblem(
                .altered, zh: "第 \(sequence) 条记录是本版本不认识的操作",
                en: "entry \(sequence) names an act that this version does not know")
        }
        self.init(
            sequence: sequence,
            act: try AuditAct(
                kind, actor: row["actor"], subject: AuditSubject(json: row["subject"]), digest: row.bytes("digest"),
                reason: row["reason"], time: row["time"]),
            previous: row.bytes("previous"), hash: row.bytes("hash"))
    }
}
