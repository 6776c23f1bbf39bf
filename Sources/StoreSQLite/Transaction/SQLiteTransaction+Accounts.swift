import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func accounts() throws -> [Account] {
        try Row.fetchAll(db, sql: "SELECT * FROM account ORDER BY position").map(Account.init(row:))
    }

    func account(_ id: AccountID) throws -> Account? {
        try Row.fetchOne(db, sql: "SELECT * FROM account WHERE id = ?", arguments: [id.bytes.data])
            .map(Account.init(row:))
    }

    func roles(of account: AccountID) throws -> [AccountRole] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM account_role WHERE account = ? ORDER BY role, institution, from_day",
            arguments: [account.bytes.data]
        ).map(AccountRole.init(row:))
    }

    func insert(_ account: Account) throws {
        try db.execute(
            sql: "INSERT INTO account (id, handle, name, state, epoch, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                account.id.bytes.data, account.handle.data, account.name, account.state.rawValue, account.epoch,
                account.createdAt,
            ])
    }

    func update(_ account: Account) throws {
        try db.execute(
            sql: "UPDATE account SET name = ?, state = ?, epoch = ? WHERE id = ? AND epoch = ?",
            arguments: [
                account.name, account.state.rawValue, account.epoch, account.id.bytes.data, account.epoch - 1,
            ])
        guard db.changesCount == 1 else {
            throw StoreError(.conflict, zh: "账号已被他人更改", en: "the account was changed by somebody else")
        }
        try db.execute(sql: "DELETE FROM staff_session WHERE account = ?", arguments: [account.id.bytes.data])
    }

    func setRoles(_ roles: [AccountRole], of account: AccountID) throws {
        try db.execute(sql: "DELETE FROM account_role WHERE account = ?", arguments: [account.bytes.data])
        for role in roles {
            try db.execute(
                sql: """
                    INSERT INTO account_role (account, role, institution, from_day, until_day, granted_by)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    account.bytes.data, role.role, role.institution?.description ?? "", role.from.daysSinceEpoch,
                    role.until?.daysSinceEpoch, role.grantedBy,
                ])
        }
    }

    func enrolmentLink(digest: [UInt8], at time: Int) throws -> EnrolmentLink? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM enrolment_link WHERE digest = ? AND expires_at > ?", arguments: [digest.data, time]
        ).map {
            EnrolmentLink(digest: $0.bytes("digest"), account: try $0.account("account"), expiresAt: $0["expires_at"])
        }
    }

    func save(_ link: EnrolmentLink) throws {
        try db.execute(
            sql: """
                INSERT INTO enrolment_link (account, digest, expires_at) VALUES (?, ?, ?)
                ON CONFLICT (account) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at
                """, arguments: [link.account.bytes.data, link.digest.data, link.expiresAt])
    }

    func useEnrolmentLink(digest: [UInt8], of account: AccountID, at time: Int) throws {
        try db.execute(
            sql: "DELETE FROM enrolment_link WHERE digest = ? AND account = ? AND expires_at > ?",
            arguments: [digest.data, account.bytes.data, time])
        guard db.changesCount == 1 else {
            throw StoreError(.notFound, zh: "链接已使用或已过期", en: "the link is used or expired")
        }
    }

    func removeEnrolmentLink(of account: AccountID) throws {
        try db.execute(sql: "DELETE FROM enrolment_link WHERE account = ?", arguments: [account.bytes.data])
    }

    func recoveryCodeCount(of account: AccountID) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM recovery_code WHERE account = ?", arguments: [account.bytes.data]) ?? 0
    }

    func setRecoveryCodes(_ digests: [[UInt8]], of account: AccountID) throws {
        try db.execute(sql: "DELETE FROM recovery_code WHERE account = ?", arguments: [account.bytes.data])
        for digest in digests {
            try db.execute(
                sql: "INSERT INTO recovery_code (digest, account) VALUES (?, ?)",
                arguments: [digest.data, account.bytes.data])
        }
    }

    func recoveryCodeOwner(digest: [UInt8]) throws -> AccountID? {
        try Row.fetchOne(db, sql: "SELECT account FROM recovery_code WHERE digest = ?", arguments: [digest.data])?
            .account("account")
    }

    func useRecoveryCode(digest: [UInt8]) throws -> AccountID {
        guard let account = try recoveryCodeOwner(digest: digest) else {
            throw StoreError(.notFound, zh: "没有这个恢复码", en: "there is no such recovery code")
        }
        try db.execute(sql: "DELETE FROM recovery_code WHERE digest = ?", arguments: [digest.data])
        return account
    }
}

extension Account {
    fileprivate init(row: Row) throws {
        guard let state = State(rawValue: row["state"]) else {
            throw StoreError(.damaged, zh: "有一个账号的状态未知", en: "an account has an unknown state")
        }
        self.init(
            id: try row.account("id"), handle: row.bytes("handle"), name: row["name"], state: state,
            epoch: row["epoch"], createdAt: row["created_at"])
    }
}

extension AccountRole {
    init(row: Row) {
        let institution: String = row["institution"]
        let until: Int? = row["until_day"]
        self.init(
            role: row["role"], institution: institution.isEmpty ? nil : InstitutionID(institution),
            from: CalendarDate(daysSinceEpoch: row["from_day"]), until: until.map(CalendarDate.init(daysSinceEpoch:)),
            grantedBy: row["granted_by"])
    }
}

extension Row {
    func account(_ column: String) throws -> AccountID {
        guard let id = AccountID(bytes: bytes(column)) else {
            throw StoreError(.damaged, zh: "有一个账号的标识长度不对", en: "an account's id has another length")
        }
        return id
    }
}
