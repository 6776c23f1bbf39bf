import AuditLog
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
        try db.execute(
            sql: """
                INSERT INTO audit (sequence, time, actor, act, subject, digest, reason, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.sequence, act.time, act.actor, act.kind.rawValue, act.subject, act.digest.data, act.reason,
                entry.previous.data, entry.hash.data,
            ])
        return entry
    }

    func trustList(sequence: Int?) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT jws FROM trust_list WHERE sequence = coalesce(?, (SELECT max(sequence) FROM trust_list))",
            arguments: [sequence])
    }

    func saveTrustList(_ jws: String, sequence: Int) throws {
        try db.execute(sql: "INSERT INTO trust_list (sequence, jws) VALUES (?, ?)", arguments: [sequence, jws])
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        let name: String = row["act"]
        let sequence: Int = row["sequence"]
        guard let kind = AuditAct.Kind(rawValue: name) else {
            throw AuditProblem(.altered, "entry \(sequence) names an act that this version does not know")
        }
        self.init(
            sequence: sequence,
            act: AuditAct(
                kind, actor: row["actor"], subject: row["subject"], digest: row.bytes("digest"),
                reason: row["reason"], time: row["time"]),
            previous: row.bytes("previous"), hash: row.bytes("hash"))
    }
}
