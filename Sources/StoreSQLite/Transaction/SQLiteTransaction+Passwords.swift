import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func passwordAccess(of account: AccountID) throws -> PasswordAccess? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM password_access WHERE account = ?", arguments: [account.bytes.data]
        ).map(PasswordAccess.init(row:))
    }

    func passwordAccess(signInName: String) throws -> PasswordAccess? {
        try Row.fetchOne(db, sql: "SELECT * FROM password_access WHERE sign_in_name = ?", arguments: [signInName])
            .map(PasswordAccess.init(row:))
    }

    func allowPassword(_ access: PasswordAccess) throws {
        try endPassword(of: access.account)
        try db.execute(
            sql: "INSERT INTO password_access (account, sign_in_name, allowed_at, last_step) VALUES (?, ?, ?, 0)",
            arguments: [access.account.bytes.data, access.signInName, access.allowedAt])
    }

    func setPassword(_ secrets: PasswordAccess.Secrets, of account: AccountID, lastStep: Int) throws {
        let digest = secrets.password
        try db.execute(
            sql: """
                UPDATE password_access SET cost = ?, block_size = ?, parallelism = ?, salt = ?, digest = ?,
                                           code_box = ?, last_step = max(last_step, ?)
                WHERE account = ?
                """,
            arguments: [
                digest.cost, digest.blockSize, digest.parallelism, digest.salt.data, digest.bytes.data,
                secrets.codeBox.data, lastStep, account.bytes.data,
            ])
        guard db.changesCount == 1 else {
            throw StoreError(.notFound, zh: "此账号不能使用密码", en: "a password is not allowed for this account")
        }
    }

    func useCode(ofStep step: Int, of account: AccountID) throws {
        try db.execute(
            sql: "UPDATE password_access SET last_step = ?1 WHERE account = ?2 AND last_step < ?1",
            arguments: [step, account.bytes.data])
        guard db.changesCount == 1 else {
            throw StoreError(.conflict, zh: "这个动态码已用过", en: "this code was used already")
        }
    }

    func endPassword(of account: AccountID) throws {
        try db.execute(sql: "DELETE FROM password_access WHERE account = ?", arguments: [account.bytes.data])
    }
}

extension PasswordAccess {
    fileprivate init(row: Row) throws {
        var secrets: Secrets?
        if row["digest"] != nil {
            secrets = Secrets(
                password: Digest(
                    cost: row["cost"], blockSize: row["block_size"], parallelism: row["parallelism"],
                    salt: row.bytes("salt"), bytes: row.bytes("digest")), codeBox: row.bytes("code_box"))
        }
        self.init(
            account: try row.account("account"), signInName: row["sign_in_name"], allowedAt: row["allowed_at"],
            secrets: secrets, lastStep: row["last_step"])
    }
}
