import Accounts
import Acts
import Audit
import Credential
import Errors
import HTTPTypes
import Hummingbird
import Store
import WebAuthn

/// Accounts of others, for administrators.
enum AccountRoutes {
    static let all: [StaffRoute] = [
        .get("/accounts", .act(.accountsRead)) { visit in try await AccountsPage.answer(visit) },
        .get("/accounts/{id}", .act(.accountsRead)) { visit in
            guard let id = visit.parameter.flatMap({ AccountID(hex: $0) }),
                let account = try await visit.portal.store.read({ try $0.account(id) })
            else { throw PortalRefusal.missing }
            return try await PersonPage.answer(visit, account)
        },
        .post("/accounts", .act(.accountsChange)) { visit in
            do {
                return try await create(visit)
            } catch let error as AccountError where error.category == .refused {
                return try await AccountsPage.answer(visit, error: visit.language.of(error.words))
            }
        },
        .post("/accounts/roles", .act(.accountsChange)) { visit in
            let account = try await other(visit)
            let change = AccountProposal.Change.roles(try await visit.roles())
            try await visit.perform(try ProposeAccountChange(change, of: account.id, by: visit.account.id))
            return visit.redirect("/accounts/\(account.id)")
        },
        .post("/accounts/confirm", .act(.accountsChange)) { visit in
            let (id, account) = try await proposal(visit)
            let confirmed = try await visit.perform(
                ConfirmAccountChange(id, by: visit.account.id, on: visit.day))
            guard let confirmed else { return visit.redirect("/accounts/\(account.id)") }
            return try link(visit, account.name, confirmed)
        },
        .post("/accounts/refuse", .act(.accountsChange)) { visit in
            let (id, account) = try await proposal(visit)
            try await visit.perform(RefuseAccountChange(id))
            return visit.redirect("/accounts/\(account.id)")
        },
        .post("/accounts/invite", .act(.accountsChange)) { visit in
            let account = try await other(visit)
            let new = try NewEnrolmentLink(for: account.id, at: visit.time)
            do {
                try await visit.perform(InviteAgain(new.record, on: visit.day))
            } catch let error as AccountError where error.code == .needsSecond {
                try await visit.perform(try ProposeAccountChange(.link, of: account.id, by: visit.account.id))
                return visit.redirect("/accounts/\(account.id)")
            }
            return try link(visit, account.name, new)
        },
        .post("/accounts/end", .act(.accountsChange)) { visit in
            let account = try await other(visit)
            try await visit.perform(EndAccount(account.id, on: visit.day))
            return visit.redirect("/accounts")
        },
    ]

    private static func create(_ visit: Visit) async throws -> Response {
        let account = try Account.invited(visit.form["name"], at: visit.time)
        let roles = try await visit.roles()
        if roles.contains(where: { $0.role == Role.administrator.rawValue }) {
            try await visit.perform(try ProposeAdministrator(account, roles: roles, by: visit.account.id))
            return visit.redirect("/accounts/\(account.id)")
        }
        let new = try NewEnrolmentLink(for: account.id, at: visit.time)
        try await visit.perform(try CreateAccount(account, roles: roles, link: new.record))
        return try link(visit, account.name, new)
    }

    private static func proposal(_ visit: Visit) async throws -> (AccountProposalID, Account) {
        let time = visit.time
        guard let id = Int64(visit.form["proposal"]).map(AccountProposalID.init) else { throw PortalRefusal.missing }
        let account = try await visit.portal.store.read { reading in
            try reading.accountProposal(id, at: time).flatMap { try reading.account($0.account) }
        }
        guard let account else { throw AccountError.proposalGone }
        return (id, account)
    }

    static func other(_ visit: Visit) async throws -> Account {
        guard let id = AccountID(hex: visit.form["account"]),
            let account = try await visit.portal.store.read({ try $0.account(id) })
        else { throw PortalRefusal.missing }
        return account
    }

    /// Shown in the answer alone: no address has it.
    private static func link(_ visit: Visit, _ name: String, _ new: NewEnrolmentLink) throws -> Response {
        try visit.page(
            .link, .link,
            [
                "name": name, "link": visit.portal.desk.party.origin + "/enrol#" + new.token,
                "until": Catalogue.link.text("until", visit.language) + Clock.text(new.record.expiresAt),
            ])
    }
}

extension Visit {
    /// As the form has them.
    fileprivate func roles() async throws -> [AccountRole] {
        let (chosen, until) = (form["institution"], form["until"])
        let known = try await portal.store.read { try $0.institutions() }.first { $0.id.description == chosen }
        guard chosen.isEmpty || known != nil else { throw PortalRefusal.missing }
        let last = CalendarDate(iso8601: until)
        guard until.isEmpty || last != nil else {
            throw AccountError(
                .daysReversed, zh: "截止日应写成 2027-07-31", en: "write the last day as 2027-07-31")
        }
        let grantedBy = try actor.name
        return form.all("role").map {
            AccountRole(role: $0, institution: known?.id, from: day, until: last, grantedBy: grantedBy)
        }
    }
}
