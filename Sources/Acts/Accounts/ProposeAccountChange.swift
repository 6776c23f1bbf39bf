import Accounts
import Audit
import AuditLog
import Credential
import Store

/// Proposes what needs a second administrator: other roles, or a link for somebody who is an administrator.
package struct ProposeAccountChange: Act {
    private let change: AccountProposal.Change
    private let account: AccountID
    private let proposer: AccountID

    /// - Throws: ``AccountError`` for roles that are not for one person.
    package init(_ change: AccountProposal.Change, of account: AccountID, by proposer: AccountID) throws {
        if case .roles(let roles) = change { try Role.check(roles) }
        (self.change, self.account, self.proposer) = (change, account, proposer)
    }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        let account = try transaction.requiredAccount(account)
        guard proposer != account.id else { throw AccountError.ownRoles }
        try transaction.propose(change, of: account, by: proposer, actor, at: time)
    }
}

/// Makes an account that is to be an administrator's. It has no role and no link until a second administrator confirms.
package struct ProposeAdministrator: Act {
    private let account: Account
    private let roles: [AccountRole]
    private let proposer: AccountID

    /// - Throws: ``AccountError`` for roles that are not for one person.
    package init(_ account: Account, roles: [AccountRole], by proposer: AccountID) throws {
        try Role.check(roles)
        (self.account, self.roles, self.proposer) = (account, roles, proposer)
    }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.append(try .account(account, .accountCreated, "create", by: actor, at: time))
        try transaction.insert(account)
        try transaction.propose(.roles(roles), of: account, by: proposer, actor, at: time)
    }
}

/// The second administrator's word. Only then the change takes effect, and those concerned are told.
package struct ConfirmAccountChange: Act {
    private let id: AccountProposalID
    private let confirmer: AccountID
    private let day: CalendarDate

    package init(_ id: AccountProposalID, by confirmer: AccountID, on day: CalendarDate) {
        (self.id, self.confirmer, self.day) = (id, confirmer, day)
    }

    package var permission: Permission { .changeAccounts }

    /// - Returns: the link that was confirmed, if that was proposed.
    package func perform(
        in transaction: any StoreWriting, by actor: Actor, at time: Int
    ) throws -> NewEnrolmentLink? {
        guard let proposal = try transaction.accountProposal(id, at: time) else { throw AccountError.proposalGone }
        guard confirmer != proposal.proposedBy, confirmer != proposal.account else { throw AccountError.ownProposal }
        // Who has lost the role meanwhile, or the account, proposes nothing any more.
        let isStanding =
            try transaction.account(proposal.proposedBy)?.state == .active
            && transaction.isAdministrator(proposal.proposedBy, on: day)
        guard isStanding else { throw AccountError.proposalGone }
        try transaction.removeAccountProposal(id)
        switch proposal.change {
        case .roles(let roles):
            let change = "roles proposed by \(proposal.proposedBy.actorName)"
            try transaction.changeRoles(of: proposal.account, to: roles, change, on: day, by: actor, at: time)
            return nil
        case .link:
            let link = try NewEnrolmentLink(for: proposal.account, at: time)
            try transaction.invite(
                link.record, "invite proposed by \(proposal.proposedBy.actorName)", by: actor, at: time)
            return link
        }
    }
}

/// Withdraws what one proposed, or refuses what another did.
package struct RefuseAccountChange: Act {
    private let id: AccountProposalID

    package init(_ id: AccountProposalID) { self.id = id }

    package var permission: Permission { .changeAccounts }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard let proposal = try transaction.accountProposal(id, at: time) else { throw AccountError.proposalGone }
        let account = try transaction.requiredAccount(proposal.account)
        try transaction.append(try .account(account, .accountChanged, "refuse", by: actor, at: time))
        try transaction.removeAccountProposal(id)
    }
}

extension StoreWriting {
    fileprivate func propose(
        _ change: AccountProposal.Change, of account: Account, by proposer: AccountID, _ actor: Actor, at time: Int
    ) throws {
        var roles: [AccountRole]?
        if case .roles(let proposed) = change { roles = proposed }
        let name = roles == nil ? "propose invite" : "propose roles"
        try append(try .account(account, .accountChanged, name, roles: roles, by: actor, at: time))
        _ = try insert(AccountProposal(change, of: account.id, by: proposer, at: time))
    }
}
