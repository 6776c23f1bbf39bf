import Accounts
import Credential
import HTTPTypes
import Hummingbird
import Store

/// The list of accounts, and the form that invites somebody.
enum AccountsPage {
    /// - Parameter error: what is wrong with the form, which keeps what was typed.
    static func answer(_ visit: Visit, error: String? = nil) async throws -> Response {
        let day = visit.day
        let (accounts, roles, institutions, administrators) = try await visit.portal.store.read { reading in
            let accounts = try reading.accounts()
            return (
                accounts, try accounts.map { try reading.roles(of: $0.id) }, try reading.institutions(),
                try Tasks.administrators(accounts, reading, on: day)
            )
        }
        let words = { (name: String) in Catalogue.accounts.text(name, visit.language) }
        let rows = zip(accounts, roles).map { account, roles -> [String: Any] in
            let held = roles.filter { $0.isGood(on: day) }.map { RoleWords.line($0, institutions, visit) }
            return [
                "id": account.id.description, "name": account.name, "state": words(account.state.rawValue),
                "roles": held.isEmpty ? words("noRoles") : held.joined(separator: " · "),
            ]
        }
        let form = error == nil ? Form.empty : visit.form
        return try visit.page(
            .accounts, .accounts,
            [
                "accounts": rows, "isSingleAdministrator": administrators == 1, "hasError": error != nil,
                "error": error ?? "", "isFresh": visit.signedIn?.isFresh(at: visit.time) == true,
                "typedName": form["name"], "typedUntil": form["until"],
                "roleChoices": RoleWords.choices(form.all("role"), visit),
                "institutions": RoleWords.institutions(institutions, chosen: form["institution"], visit),
            ], status: error == nil ? .ok : .unprocessableContent,
            title: error == nil ? nil : words("errorPrefix") + words("title"))
    }
}

/// Roles and institutions as forms and lists show them.
enum RoleWords {
    static func choices(_ chosen: [String], _ visit: Visit) -> [[String: Any]] {
        Role.allCases.map { role in
            [
                "value": role.rawValue, "label": visit.language.of(role.words),
                "isChosen": chosen.contains(role.rawValue),
            ]
        }
    }

    static func institutions(_ known: [Institution], chosen: String, _ visit: Visit) -> [[String: Any]] {
        let all: [String: Any] = [
            "value": "", "label": Catalogue.accounts.text("all", visit.language), "isChosen": chosen.isEmpty,
        ]
        return [all]
            + known.map { one in
                let id = one.id.description
                return ["value": id, "label": "\(one.name(on: visit.day) ?? "") \(id)", "isChosen": id == chosen]
            }
    }

    static func line(_ role: AccountRole, _ known: [Institution], _ visit: Visit) -> String {
        let name = Role(rawValue: role.role).map { visit.language.of($0.words) } ?? role.role
        let place = role.institution.map { id in
            known.first { $0.id == id }?.name(on: visit.day) ?? id.description
        }
        let until = role.until.map { visit.language == .zh ? "至 \($0)" : "until \($0)" }
        return ([name] + [place, until].compactMap { $0 }).joined(separator: visit.language == .zh ? "，" : ", ")
    }
}
