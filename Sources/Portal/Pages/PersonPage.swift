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
        let isOwn = try account.id == visit.account.id
        return try visit.page(
            .person, .person,
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
                "typedUntil": roles.compactMap(\.until).first?.description ?? "",
            ])
    }
}
