import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func lease(_ name: String) throws -> Lease? {
        try Row.fetchOne(db, sql: "SELECT * FROM lease WHERE name = ?", arguments: [name]).map {
            Lease(name: $0["name"], owner: $0["owner"], fence: $0["fence"], endsAt: $0["ends_at"])
        }
    }

    func takeLease(_ name: String, by owner: String, seconds: Int) throws -> Lease? {
        let now = now()
        try db.execute(
            sql: """
                INSERT INTO lease (name, owner, fence, ends_at) VALUES (:name, :owner, 1, :end)
                ON CONFLICT (name) DO UPDATE SET owner = :owner, fence = fence + 1, ends_at = :end
                WHERE ends_at <= :now OR owner = :owner
                """,
            arguments: ["name": name, "owner": owner, "end": now + seconds, "now": now])
        return db.changesCount == 1 ? try lease(name) : nil
    }

    func extend(_ lease: Lease, seconds: Int) throws -> Lease {
        try requireHeld(lease)
        let end = now() + seconds
        try db.execute(sql: "UPDATE lease SET ends_at = ? WHERE name = ?", arguments: [end, lease.name])
        return Lease(name: lease.name, owner: lease.owner, fence: lease.fence, endsAt: end)
    }

    func requireHeld(_ lease: Lease) throws {
        guard let kept = try self.lease(lease.name), kept.owner == lease.owner, kept.fence == lease.fence,
            now() < kept.endsAt
        else {
            throw StoreError(
                .conflict, zh: "租约 \(lease.name) 已经结束，或已归他人；没有任何更改",
                en: "the lease \(lease.name) has ended or is another's by now; nothing was changed")
        }
    }

    func release(_ lease: Lease) throws {
        try db.execute(
            sql: "UPDATE lease SET ends_at = min(ends_at, ?) WHERE name = ? AND owner = ? AND fence = ?",
            arguments: [now(), lease.name, lease.owner, lease.fence])
    }
}
