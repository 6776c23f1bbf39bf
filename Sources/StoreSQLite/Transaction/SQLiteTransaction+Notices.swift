import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func dueNotices(at time: Int, limit: Int) throws -> [Notice] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM notice WHERE state = 'waiting' AND next_at <= ? ORDER BY position LIMIT ?",
            arguments: [time, limit]
        ).map(Notice.init(row:))
    }

    func notices(limit: Int) throws -> [Notice] {
        try Row.fetchAll(db, sql: "SELECT * FROM notice ORDER BY position DESC LIMIT ?", arguments: [limit])
            .map(Notice.init(row:))
    }

    func post(_ notice: Notice) throws {
        try db.execute(
            sql: """
                INSERT INTO notice (key, channel, text, made_at, state, tries, next_at, problem)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, channel) DO NOTHING
                """,
            arguments: [
                notice.key, notice.channel, notice.text, notice.madeAt, notice.state.rawValue, notice.tries,
                notice.nextAt, notice.problem,
            ])
    }

    func update(_ notice: Notice) throws {
        try db.execute(
            sql: "UPDATE notice SET state = ?, tries = ?, next_at = ?, problem = ? WHERE key = ? AND channel = ?",
            arguments: [
                notice.state.rawValue, notice.tries, notice.nextAt, notice.problem, notice.key, notice.channel,
            ])
        guard db.changesCount == 1 else { throw StoreError(.notFound, zh: "没有这条通知", en: "there is no such notice") }
    }

    func removeNotices(madeBy time: Int) throws {
        try db.execute(sql: "DELETE FROM notice WHERE state <> 'waiting' AND made_at <= ?", arguments: [time])
    }
}

extension Notice {
    fileprivate init(row: Row) throws {
        guard let state = State(rawValue: row["state"]) else {
            throw StoreError(.damaged, zh: "有一条通知的状态未知", en: "a notice has an unknown state")
        }
        self.init(
            key: row["key"], channel: row["channel"], text: row["text"], madeAt: row["made_at"], state: state,
            tries: row["tries"], nextAt: row["next_at"], problem: row["problem"])
    }
}
