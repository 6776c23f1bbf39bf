import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func invitation(digest: [UInt8]) throws -> ClaimInvitation? {
        try Row.fetchOne(db, sql: "SELECT * FROM claim_invitation WHERE digest = ?", arguments: [digest.data]).map {
            ClaimInvitation(digest: $0.bytes("digest"), certificate: $0["certificate"], expiresAt: $0["expires_at"])
        }
    }

    func holderAccess(of certificate: CertificateKey) throws -> HolderAccess? {
        try Row.fetchOne(db, sql: "SELECT * FROM holder_access WHERE certificate = ?", arguments: [certificate]).map {
            HolderAccess(certificate: $0["certificate"], salt: $0.bytes("salt"), digest: $0.bytes("digest"))
        }
    }

    func shareCodes(of certificate: CertificateKey) throws -> [ShareCode] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM share_code WHERE certificate = ? ORDER BY position", arguments: [certificate]
        ).map(ShareCode.init(row:))
    }

    func shareCode(digest: [UInt8]) throws -> ShareCode? {
        try Row.fetchOne(db, sql: "SELECT * FROM share_code WHERE digest = ?", arguments: [digest.data])
            .map(ShareCode.init(row:))
    }

    func save(_ invitation: ClaimInvitation) throws {
        try db.execute(
            sql: """
                INSERT INTO claim_invitation (certificate, digest, expires_at) VALUES (?, ?, ?)
                ON CONFLICT (certificate) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at
                """,
            arguments: [invitation.certificate, invitation.digest.data, invitation.expiresAt])
    }

    func claim(_ invitation: [UInt8], as access: HolderAccess, at time: Int) throws {
        try db.execute(
            sql: "DELETE FROM claim_invitation WHERE digest = ? AND certificate = ? AND expires_at > ?",
            arguments: [invitation.data, access.certificate, time])
        guard db.changesCount == 1 else {
            throw StoreError(.notFound, zh: "邀请已使用或已过期", en: "the invitation is used or expired")
        }
        try db.execute(
            sql: "INSERT OR REPLACE INTO holder_access (certificate, salt, digest) VALUES (?, ?, ?)",
            arguments: [access.certificate, access.salt.data, access.digest.data])
        try db.execute(sql: "DELETE FROM holder_session WHERE certificate = ?", arguments: [access.certificate])
    }

    func session(digest: [UInt8], at time: Int) throws -> HolderSession? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM holder_session WHERE digest = ? AND ends_at > ?", arguments: [digest.data, time]
        ).map { HolderSession(digest: $0.bytes("digest"), certificate: $0["certificate"], endsAt: $0["ends_at"]) }
    }

    func insert(_ session: HolderSession, at time: Int) throws {
        try db.execute(sql: "DELETE FROM holder_session WHERE ends_at <= ?", arguments: [time])
        try db.execute(
            sql: "INSERT INTO holder_session (digest, certificate, ends_at) VALUES (?, ?, ?)",
            arguments: [session.digest.data, session.certificate, session.endsAt])
    }

    func insert(_ code: ShareCode) throws {
        try db.execute(
            sql: """
                INSERT INTO share_code
                    (id, digest, certificate, label, shows_scores, shows_photo, created_at, expires_at, cancelled_at,
                     openings)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                code.id, code.digest.data, code.certificate, code.label, code.showsScores, code.showsPhoto,
                code.createdAt, code.expiresAt, code.cancelledAt, code.openings,
            ])
    }

    func cancelShareCode(_ id: String, of certificate: CertificateKey, at time: Int) throws {
        try db.execute(
            sql: "UPDATE share_code SET cancelled_at = ? WHERE id = ? AND certificate = ? AND cancelled_at IS NULL",
            arguments: [time, id, certificate])
        guard db.changesCount == 1 else {
            throw StoreError(.notFound, zh: "没有这个分享码", en: "there is no such share code")
        }
    }

    func countOpening(of id: String) throws {
        try db.execute(sql: "UPDATE share_code SET openings = openings + 1 WHERE id = ?", arguments: [id])
    }
}

extension ShareCode {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], digest: row.bytes("digest"), certificate: row["certificate"], label: row["label"],
            showsScores: row["shows_scores"], showsPhoto: row["shows_photo"], createdAt: row["created_at"],
            expiresAt: row["expires_at"],
            cancelledAt: row["cancelled_at"], openings: row["openings"])
    }
}
