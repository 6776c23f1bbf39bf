import Errors
import GRDB
import Store

/// Passkeys, and what comes of them: challenges, sessions, and how often somebody may try.
extension SQLiteTransaction {
    func passkeys(of account: AccountID) throws -> [Passkey] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM passkey WHERE account = ? ORDER BY position", arguments: [account.bytes.data]
        ).map(Passkey.init(row:))
    }

    func passkey(id: [UInt8]) throws -> Passkey? {
        try Row.fetchOne(db, sql: "SELECT * FROM passkey WHERE id = ?", arguments: [id.data]).map(Passkey.init(row:))
    }

    func insert(_ passkey: Passkey) throws {
        try db.execute(
            sql: """
                INSERT INTO passkey (id, account, cose, counter, is_backup_eligible, transports, label, added_at,
                                     used_at, doubted_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                passkey.id.data, passkey.account.bytes.data, passkey.cose.data, passkey.counter,
                passkey.isBackupEligible, passkey.transports.joined(separator: " "), passkey.label, passkey.addedAt,
                passkey.usedAt, passkey.doubtedAt,
            ])
    }

    func removePasskey(id: [UInt8], of account: AccountID) throws {
        try db.execute(
            sql: "DELETE FROM passkey WHERE id = ? AND account = ?", arguments: [id.data, account.bytes.data])
        guard db.changesCount == 1 else { throw StoreError(.notFound, zh: "没有这个通行密钥", en: "there is no such passkey") }
    }

    func recordUse(ofPasskey id: [UInt8], counter: Int, isDoubtful: Bool, at time: Int) throws {
        try db.execute(
            sql: """
                UPDATE passkey SET counter = ?, used_at = ?, doubted_at = CASE WHEN ? THEN ? ELSE doubted_at END
                WHERE id = ?
                """, arguments: [counter, time, isDoubtful, time, id.data])
    }

    func staffSession(digest: [UInt8], at time: Int) throws -> StaffSession? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT staff_session.* FROM staff_session
                JOIN account ON account.id = staff_session.account AND account.epoch = staff_session.epoch
                WHERE digest = ? AND ends_at > ? AND seen_at > ?
                """, arguments: [digest.data, time, time - StaffSession.idleSeconds]
        ).map(StaffSession.init(row:))
    }

    func staffSessions(of account: AccountID, at time: Int) throws -> [StaffSession] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT staff_session.* FROM staff_session
                JOIN account ON account.id = staff_session.account AND account.epoch = staff_session.epoch
                WHERE account = ? AND ends_at > ? AND seen_at > ? ORDER BY seen_at DESC, digest
                """, arguments: [account.bytes.data, time, time - StaffSession.idleSeconds]
        ).map(StaffSession.init(row:))
    }

    func insert(_ session: StaffSession, at time: Int) throws {
        try db.execute(
            sql: "DELETE FROM staff_session WHERE ends_at <= ? OR seen_at <= ?",
            arguments: [time, time - StaffSession.idleSeconds])
        try db.execute(
            sql: """
                INSERT INTO staff_session (digest, account, epoch, begun_at, seen_at, ends_at, method, device)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                session.digest.data, session.account.bytes.data, session.epoch, session.begunAt, session.seenAt,
                session.endsAt, session.method.rawValue, session.device,
            ])
    }

    func markSeen(staffSession digest: [UInt8], at time: Int) throws {
        try db.execute(
            sql: "UPDATE staff_session SET seen_at = ?1 WHERE digest = ?2 AND seen_at < ?1",
            arguments: [time, digest.data])
    }

    func endStaffSession(digest: [UInt8]) throws {
        try db.execute(sql: "DELETE FROM staff_session WHERE digest = ?", arguments: [digest.data])
    }

    func endStaffSessions(of account: AccountID, except digest: [UInt8]) throws {
        try db.execute(
            sql: "DELETE FROM staff_session WHERE account = ? AND digest <> ?",
            arguments: [account.bytes.data, digest.data])
    }

    func endStaffAccess() throws {
        for table in ["staff_session", "enrolment_link", "passkey_challenge", "account_proposal"] {
            try db.execute(sql: "DELETE FROM \(table)")
        }
    }

    func save(_ challenge: PasskeyChallenge, at time: Int) throws {
        try db.execute(sql: "DELETE FROM passkey_challenge WHERE expires_at <= ?", arguments: [time])
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO passkey_challenge (browser, purpose, challenge, account, statement, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                challenge.browser.data, challenge.purpose.rawValue, challenge.challenge.data,
                challenge.account?.bytes.data, challenge.statement.data, challenge.expiresAt,
            ])
    }

    func spendChallenge(
        of browser: [UInt8], for purpose: PasskeyChallenge.Purpose, at time: Int
    ) throws -> PasskeyChallenge {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM passkey_challenge WHERE browser = ? AND purpose = ? AND expires_at > ?",
            arguments: [browser.data, purpose.rawValue, time])
        guard let row else {
            throw StoreError(
                .notFound, zh: "没有向这个浏览器提出过请求，或者已过时限", en: "nothing was asked of this browser, or it is too long ago")
        }
        try db.execute(
            sql: "DELETE FROM passkey_challenge WHERE browser = ? AND purpose = ?",
            arguments: [browser.data, purpose.rawValue])
        return PasskeyChallenge(
            browser: browser, purpose: purpose, challenge: row.bytes("challenge"),
            account: row["account"] == nil ? nil : try row.account("account"), statement: row.bytes("statement"),
            expiresAt: row["expires_at"])
    }

    func takeAllowance(_ name: String, most: Int, seconds: Int, at time: Int) throws -> Bool {
        try db.execute(sql: "DELETE FROM allowance WHERE full_at <= ?", arguments: [time])
        let fullAt =
            try Int.fetchOne(db, sql: "SELECT full_at FROM allowance WHERE name = ?", arguments: [name]) ?? time
        guard fullAt - time <= (most - 1) * seconds else { return false }
        try db.execute(
            sql: "INSERT OR REPLACE INTO allowance (name, full_at) VALUES (?, ?)", arguments: [name, fullAt + seconds])
        return true
    }
}

extension StaffSession {
    fileprivate init(row: Row) throws {
        guard let method = Method(rawValue: row["method"]) else {
            throw StoreError(.damaged, zh: "有一次登录的方式未知", en: "a session was begun in an unknown way")
        }
        self.init(
            digest: row.bytes("digest"), account: try row.account("account"), epoch: row["epoch"],
            begunAt: row["begun_at"], seenAt: row["seen_at"], endsAt: row["ends_at"], method: method,
            device: row["device"])
    }
}

extension Passkey {
    fileprivate init(row: Row) throws {
        self.init(
            id: row.bytes("id"), account: try row.account("account"), cose: row.bytes("cose"), counter: row["counter"],
            isBackupEligible: row["is_backup_eligible"],
            transports: (row["transports"] as String).split(separator: " ").map(String.init), label: row["label"],
            addedAt: row["added_at"], usedAt: row["used_at"], doubtedAt: row["doubted_at"])
    }
}
