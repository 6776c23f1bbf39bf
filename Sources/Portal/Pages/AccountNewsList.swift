import Accounts
import Credential
import Store

/// What happened to accounts lately: to one's own, and for administrators to all.
enum AccountNewsList {
    private static let days = 14

    static func of(_ visit: Visit) async throws -> [[String: Any]] {
        let account = try visit.account
        let isAdministrator = visit.signedIn?.heldRoles.contains(.administrator) == true
        let since = visit.time - days * 86_400
        let news = try await visit.portal.store.read { reading in
            try reading.accountNews(since: since).filter { isAdministrator || $0.account == account.id }
                .map { ($0, try reading.account($0.account)?.name ?? "", try name($0.by, reading)) }
        }
        return news.map { one, name, by in
            let whose = one.account == account.id ? Catalogue.news.text("own", visit.language) : name
            return [
                "whose": whose, "what": Catalogue.news.text(one.kind.rawValue, visit.language), "by": by,
                "at": Clock.text(one.at),
            ]
        }
    }

    /// Of whoever acted, by name where that is an account.
    static func name(_ actor: String, _ reading: any AccountReading) throws -> String {
        guard actor.hasPrefix("account "), let id = AccountID(hex: actor.dropFirst("account ".count)) else {
            return actor
        }
        return try reading.account(id)?.name ?? actor
    }
}

extension Catalogue {
    static let news = Catalogue([
        "own": ("您的账号", "Your account"), "roles-changed": ("角色已更改", "has other roles"),
        "recovery-code-used": ("用恢复码登记了新的通行密钥", "made a new passkey by a recovery code"),
        "link-given": ("得到了新的登记链接", "was given a new enrolment link"),
        "password-allowed": ("可以用密码和动态码登录", "may sign in by password and code"),
        "password-ended": ("不再能用密码登录", "may not sign in by password any more"),
    ])
}
