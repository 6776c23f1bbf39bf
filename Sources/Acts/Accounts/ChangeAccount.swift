import Accounts
import Audit
import AuditLog
import Credential
import Errors
import Store

/// Gives an account other roles, and ends its sessions. In the portal that needs a second administrator.
package struct ChangeRoles: Act {
    private let id: AccountID
    private let roles: [AccountRole]
    private let day: CalendarDate

    /// - Throws: ``AccountError`` for roles that are not for one person.
    package init(_ id: AccountID, to roles: [AccountRole], on day: CalendarDate) throws {
        try Role.check(roles)
        (self.id, self.roles, self.day) = (id, roles, day)
    }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard actor.name != id.actorName else { throw AccountError.ownRoles }
        guard actor.front == .commandLine else { throw AccountError.needsSecond }
        try transaction.changeRoles(of: id, to: roles, "roles", on: day, by: actor, at: time)
    }
}

extension StoreWriting {
    /// - Parameter change: as the record names it.
    func changeRoles(
        of id: AccountID, to roles: [AccountRole], _ change: String, on day: CalendarDate, by actor: Actor, at time: Int
    ) throws {
        var account = try requiredAccount(id)
        let wasAdministrator = try isAdministrator(id, on: day)
        try append(try .account(account, .accountChanged, change, roles: roles, by: actor, at: time))
        account.epoch += 1
        try update(account)
        try setRoles(roles, of: id)
        try insert(AccountNews(.rolesChanged, of: id, by: actor.name, at: time))
        if wasAdministrator { try requireAdministrator(on: day) }
    }
}

/// Ends an account for good, its sessions and its passkeys with it.
package struct EndAccount: Act {
    private let id: AccountID
    private let day: CalendarDate

    package init(_ id: AccountID, on day: CalendarDate) { (self.id, self.day) = (id, day) }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        var account = try transaction.requiredAccount(id)
        let wasAdministrator = try transaction.isAdministrator(id, on: day)
        try transaction.append(try .account(account, .accountEnded, "end", by: actor, at: time))
        account.state = .ended
        account.epoch += 1
        try transaction.update(account)
        for passkey in try transaction.passkeys(of: id) { try transaction.removePasskey(id: passkey.id, of: id) }
        try transaction.removeEnrolmentLink(of: id)
        try transaction.setRecoveryCodes([], of: id)
        try transaction.endPassword(of: id)
        if wasAdministrator { try transaction.requireAdministrator(on: day) }
    }
}

extension AccountReading {
    /// - Throws: ``AccountErrorCode/unknownAccount`` or ``AccountErrorCode/ended``.
    package func requiredAccount(_ id: AccountID) throws -> Account {
        guard let account = try account(id) else { throw AccountError.unknown(id.description) }
        guard account.state != .ended else {
            throw AccountError(.ended, zh: "账号已停用；请另建一个", en: "the account has ended; make another")
        }
        return account
    }

    func isAdministrator(_ id: AccountID, on day: CalendarDate) throws -> Bool {
        try roles(of: id).contains { $0.role == Role.administrator.rawValue && $0.isGood(on: day) }
    }

    /// An installation that has administrators keeps one.
    fileprivate func requireAdministrator(on day: CalendarDate) throws {
        let isThere = try accounts().contains { try $0.state != .ended && isAdministrator($0.id, on: day) }
        guard isThere else {
            throw AccountError(
                .lastAdministrator, zh: "这是最后一个系统管理员；请先另建一个", en: "this is the last administrator; make another first")
        }
    }
}

extension AccountID {
    /// By which the record of acts names the account: names can change, the record does not.
    package var actorName: String { "account \(self)" }
}

extension AuditAct {
    /// - Parameter roles: those that hold from then on, if they change; their digest stands in the record.
    static func account(
        _ account: Account, _ kind: Kind, _ change: String, roles: [AccountRole]? = nil, by actor: Actor, at time: Int
    ) throws -> AuditAct {
        var subject: AuditSubject = [.account: .text(account.id.description), .change: .text(change)]
        if let roles { subject = subject.with(.roles, .text(roles.recorded)) }
        return AuditAct(kind, actor: actor.name, subject: subject, time: time)
    }
}

extension [AccountRole] {
    /// Sorted, so that the same roles are the same text.
    fileprivate var recorded: String {
        map { role in
            let days = "\(role.from)/\(role.until.map(\.description) ?? "")"
            return "\(role.role)@\(role.institution?.description ?? "all") \(days)"
        }.sorted().joined(separator: "; ")
    }
}
