import Accounts
import Audit
import AuditLog
import Errors
import Store

/// Lets an account sign in by password and code as well. Whoever has the account sets both.
package struct AllowPassword: Act {
    private let account: AccountID
    private let signInName: String

    /// - Throws: ``AccountErrorCode/badSignInName``.
    package init(_ account: AccountID, signInName: String) throws {
        (self.account, self.signInName) = (account, try SignInName.checked(signInName))
    }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        let account = try transaction.requiredAccount(account)
        if let other = try transaction.passwordAccess(signInName: signInName), other.account != account.id {
            throw AccountError(
                .signInNameTaken, zh: "登录名 \(signInName) 已有人用；请换一个",
                en: "the sign-in name \(signInName) is taken; choose another")
        }
        try transaction.append(try .account(account, .accountChanged, "password-allow", by: actor, at: time))
        try transaction.allowPassword(PasswordAccess(account: account.id, signInName: signInName, allowedAt: time))
        try transaction.insert(AccountNews(.passwordAllowed, of: account.id, by: actor.name, at: time))
    }
}

/// Ends signing in by password, and all sessions.
package struct EndPassword: Act {
    private let account: AccountID

    package init(_ account: AccountID) { self.account = account }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        var account = try transaction.requiredAccount(account)
        try transaction.append(try .account(account, .accountChanged, "password-end", by: actor, at: time))
        account.epoch += 1
        try transaction.update(account)
        try transaction.endPassword(of: account.id)
        try transaction.insert(AccountNews(.passwordEnded, of: account.id, by: actor.name, at: time))
    }
}

/// Sets the own password and code, by a link or when signed in. Sessions from before end, but the one that sets it.
package struct SetPassword: Act {
    package enum Proof: Sendable {
        /// SHA-256 of a link's token.
        case link([UInt8])
        /// Of an account that is signed in, whose session goes on.
        case session([UInt8])
    }

    private let account: AccountID
    private let secrets: PasswordAccess.Secrets
    private let step: Int
    private let proof: Proof

    /// - Parameter step: of the code that was shown for it.
    package init(_ secrets: PasswordAccess.Secrets, step: Int, of account: AccountID, by proof: Proof) {
        (self.secrets, self.step, self.account, self.proof) = (secrets, step, account, proof)
    }

    package var permission: Permission { .ownAccount }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        var account = try transaction.requiredAccount(account)
        guard try transaction.passwordAccess(of: account.id) != nil else { throw AccountError.passwordNotAllowed }
        switch proof {
        case .link(let digest):
            do {
                try transaction.useEnrolmentLink(digest: digest, of: account.id, at: time)
            } catch let error as StoreError where error.code == .notFound { throw AccountError.linkUsed }
            account.state = .active
            account.epoch += 1
            try transaction.update(account)
        case .session(let digest): try transaction.endStaffSessions(of: account.id, except: digest)
        }
        try transaction.append(try .account(account, .accountChanged, "password-set", by: actor, at: time))
        try transaction.setPassword(secrets, of: account.id, lastStep: step)
    }
}
