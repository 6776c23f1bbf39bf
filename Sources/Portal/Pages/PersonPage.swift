import Accounts
import Credential
import Hummingbird
import Store

/// One account, and what an administrator does with it.
enum PersonPage {
    static func answer(_ visit: Visit, _ account: Account) async throws -> Response {
        let (roles, passkeys, institutions) = try await visit.portal.store.read {
            (try $0.roles(of: account.id), try $0.passkeys(of: account.id), try $0.institutions())
        }
        let access = try await visit.portal.store.read { try $0.passwordAccess(of: account.id) }
        let proposal = try await proposal(about: account, institutions, visit)
        let isOwn = try account.id == visit.account.id
        let values: [String: Any] =
            [
                "name": account.name, "id": account.id.description, "passkeys": passkeys.count,
                "state": Catalogue.accounts.text(account.state.rawValue, visit.language),
                "held": roles.map { ["label": RoleWords.line($0, institutions, visit)] as [String: Any] },
                "isDoubtful": passkeys.contains { $0.doubtedAt != nil },
                "mayChange": !isOwn && account.state != .ended,
                "isFresh": visit.signedIn?.isFresh(at: visit.time) == true,
                "roleChoices": RoleWords.choices(roles.map(\.role), visit),
                "institutions": RoleWords.institutions(
                    institutions, chosen: roles.compactMap(\.institution).first?.description ?? "", visit),
                "hasPassword": access != nil, "signInName": access?.signInName ?? "",
                "typedUntil": roles.compactMap(\.until).first?.description ?? "",
            ]
        return try visit.page(.person, .person, values.merging(proposal) { $1 })
    }

    /// What waits for a second administrator.
    private static func proposal(
        about account: Account, _ institutions: [Institution], _ visit: Visit
    ) async throws -> [String: Any] {
        let (time, day) = (visit.time, visit.day)
        let (open, proposer, administrators) = try await visit.portal.store.read { reading in
            let open = try reading.accountProposals(at: time).first { $0.proposal.account == account.id }
            return (
                open, try open.flatMap { try reading.account($0.proposal.proposedBy)?.name } ?? "",
                try Tasks.administrators(reading.accounts(), reading, on: day)
            )
        }
        let words = { (name: String) in Catalogue.person.text(name, visit.language) }
        let isProposer = try open?.proposal.proposedBy == visit.account.id
        var lines: [String] = []
        switch open?.proposal.change {
        case .roles(let roles): lines = roles.map { RoleWords.line($0, institutions, visit) }
        case .link: lines = [words("proposedLink")]
        case nil: break
        }
        return [
            "hasProposal": open != nil && account.state != .ended, "proposer": proposer,
            "proposal": open.map { "\($0.id.value)" } ?? "",
            "proposed": lines.map { ["label": $0] as [String: Any] },
            "proposedAt": open.map { Clock.text($0.proposal.proposedAt) } ?? "",
            "mayDecide": visit.signedIn?.isFresh(at: time) == true,
            "mayConfirm": try !isProposer && account.id != visit.account.id, "isAlone": administrators < 2,
            "refuse": words(isProposer ? "withdraw" : "refuse"),
        ]
    }
}
