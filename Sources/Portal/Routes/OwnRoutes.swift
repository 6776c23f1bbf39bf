import Accounts
import Acts
import Credential
import Encodings
import HTTPTypes
import Hummingbird
import Store

/// What waits for somebody, and the own passkeys.
enum OwnRoutes {
    static let all: [StaffRoute] = [
        .get("/", .act(.home)) { visit in
            let tasks = try await Tasks.of(visit)
            return try visit.page(.home, .home, ["tasks": tasks, "hasTasks": !tasks.isEmpty])
        },
        .get("/account", .act(.ownAccount), page),
        .post("/account/passkeys/begin", .act(.ownAccount)) { visit in
            let account = try visit.account
            let options = try await visit.portal.desk.beginRegistration(of: account, in: visit.browser, at: visit.time)
            return try SignInRoutes.json(["options": options])
        },
        .post("/account/passkeys", .act(.ownAccount)) { visit in
            let passkey = try await visit.passkey(of: visit.account)
            try await visit.perform(AddPasskey(passkey, by: .session, recoveryCodes: nil))
            return visit.redirect("/account")
        },
        .post("/account/sessions/end", .act(.ownAccount)) { visit in
            guard let signedIn = visit.signedIn else { throw PortalRefusal.signedOut }
            try await visit.portal.sessions.endOthers(than: signedIn.session)
            return visit.redirect("/account")
        },
        .post("/account/passkeys/remove", .act(.ownAccount)) { visit in
            guard let id = Base64URL.decode(visit.form["passkey"]) else { throw PortalRefusal.missing }
            try await visit.perform(RemovePasskey(id, of: visit.account.id))
            return visit.redirect("/account")
        },
    ]

    @Sendable private static func page(_ visit: Visit) async throws -> Response {
        let account = try visit.account
        let time = visit.time
        let (passkeys, codeCount, sessionCount) = try await visit.portal.store.read {
            (
                try $0.passkeys(of: account.id), try $0.recoveryCodeCount(of: account.id),
                try $0.staffSessions(of: account.id, at: time).count
            )
        }
        let words = { (name: String) in Catalogue.account.text(name, visit.language) }
        let rows = passkeys.map { passkey -> [String: Any] in
            let used = passkey.usedAt.map { "\(words("used")) \(UTCTime.text($0))" } ?? words("never")
            let detail = ["\(words("added")) \(UTCTime.text(passkey.addedAt))", used]
            return [
                "label": passkey.label, "id": Base64URL.encode(passkey.id), "mayRemove": passkeys.count > 1,
                "removeLabel": "\(words("remove")) \(passkey.label)",
                "detail": (detail + (passkey.isBackupEligible ? [words("synced")] : [])).joined(separator: " · "),
            ]
        }
        let space = visit.language == .zh ? "" : " "
        return try visit.page(
            .account, .account,
            [
                "passkeys": rows, "isSingle": passkeys.count == 1,
                "isElsewhere": sessionCount > 1,
                "elsewhere": "\(sessionCount - 1)\(space)\(words("elsewhere"))",
                "codesLeft": "\(codeCount)\(space)\(words("codesLeft"))",
            ])
    }
}

extension Visit {
    var account: Account {
        get throws {
            guard let signedIn else { throw PortalRefusal.signedOut }
            return signedIn.account
        }
    }
}
