import Accounts
import Audit
import AuditLog
import Store

/// Makes an account, which somebody takes up by a link.
package struct CreateAccount: Act {
    private let account: Account
    private let roles: [AccountRole]
    private let link: EnrolmentLink

    /// - Throws: ``AccountError`` for roles that are not for one person.
    package init(_ account: Account, roles: [AccountRole], link: EnrolmentLink) throws {
        try Role.check(roles)
        (self.account, self.roles, self.link) = (account, roles, link)
    }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.append(try .account(account, .accountCreated, "create", roles: roles, by: actor, at: time))
        try transaction.insert(account)
        try transaction.setRoles(roles, of: account.id)
        try transaction.save(link)
    }
}

/// Gives an account another link, to make a passkey after all others are lost.
package struct InviteAgain: Act {
    private let link: EnrolmentLink

    package init(_ link: EnrolmentLink) { self.link = link }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        let account = try transaction.requiredAccount(link.account)
        try transaction.append(try .account(account, .accountChanged, "invite", by: actor, at: time))
        try transaction.save(link)
    }
}
