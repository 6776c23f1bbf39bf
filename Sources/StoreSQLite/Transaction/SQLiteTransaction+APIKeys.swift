import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func apiKeys() throws -> [APIKeyRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM api_key ORDER BY position").map(APIKeyRecord.init(row:))
    }

    func apiKey(digest: [UInt8]) throws -> APIKeyRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM api_key WHERE digest = ?", arguments: [digest.data])
            .map(APIKeyRecord.init(row:))
    }

    func insert(_ key: APIKeyRecord) throws {
        try db.execute(
            sql: """
                INSERT INTO api_key (id, digest, name, scopes, per_minute, created_at, expires_at, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                key.id, key.digest.data, key.name, key.scopes.joined(separator: " "), key.perMinute, key.createdAt,
                key.expiresAt, key.revokedAt,
            ])
    }

    func expireAPIKey(_ id: String, at time: Int) throws {
        try requireAPIKey(id)
        try db.execute(
            sql: "UPDATE api_key SET expires_at = ?1 WHERE id = ?2 AND (expires_at IS NULL OR expires_at >= ?1)",
            arguments: [time, id])
        guard db.changesCount == 1 else {
            throw StoreError(.conflict, zh: "接口密钥 \(id) 已经在那之前到期", en: "API key \(id) ends before that already")
        }
    }

    func revokeAPIKey(_ id: String, at time: Int) throws {
        try requireAPIKey(id)
        try db.execute(
            sql: "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", arguments: [time, id])
    }

    private func requireAPIKey(_ id: String) throws {
        guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM api_key WHERE id = ?)", arguments: [id]) == true
        else { throw StoreError(.notFound, zh: "没有接口密钥 \(id)", en: "there is no API key \(id)", remedy: .listAPIKeys) }
    }
}

extension APIKeyRecord {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], digest: row.bytes("digest"), name: row["name"],
            scopes: (row["scopes"] as String).split(separator: " ").map(String.init), perMinute: row["per_minute"],
            createdAt: row["created_at"], expiresAt: row["expires_at"], revokedAt: row["revoked_at"])
    }
}
