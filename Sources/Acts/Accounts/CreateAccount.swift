import Accounts
import Audit
import AuditLog
import Credential
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
        let makesAdministrator = roles.contains { $0.role == Role.administrator.rawValue }
        guard actor.front == .commandLine || !makesAdministrator else { throw AccountError.needsSecond }
        try transaction.append(try .account(account, .accountCreated, "create", roles: roles, by: actor, at: time))
        try transaction.insert(account)
        try transaction.setRoles(roles, of: account.id)
        try transaction.save(link)
    }
}

/// Gives an account another link, to make a passkey after all others are lost. Whoever has it is that person from then on,
/// so that an administrator's needs a second administrator in the portal.
package struct InviteAgain: Act {
    private let link: EnrolmentLink
    private let day: CalendarDate

    package init(_ link: EnrolmentLink, on day: CalendarDate) { (self.link, self.day) = (link, day) }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard try actor.front == .commandLine || !transaction.isAdministrator(link.account, on: day) else {
            throw AccountError.needsSecond
        }
        try transaction.invite(link, "invite", by: actor, at: time)
    }
}

extension StoreWriting {
    /// - Parameter change: as the record names it.
    func invite(_ link: EnrolmentLink, _ change: String, by actor: Actor, at time: Int) throws {
        let account = try requiredAccount(link.account)
        try append(try .account(account, .accountChanged, change, by: actor, at: time))
        try save(link)
        try insert(AccountNews(.linkGiven, of: account.id, by: actor.name, at: time))
    }
}
