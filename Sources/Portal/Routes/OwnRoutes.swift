import Accounts
import Acts
import Approvals
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
            let news = try await AccountNewsList.of(visit)
            return try visit.page(
                .home, .home,
                [
                    "notices": await visit.portal.signing().notices(visit), "tasks": tasks,
                    "hasTasks": !tasks.isEmpty, "news": news, "hasNews": !news.isEmpty,
                ])
        },
        // Asked for by the page's script as its reader goes on: being answered is what keeps the session.
        .get("/session", .act(.home)) { visit in
            try SignInRoutes.json(["idleSeconds": StaffSession.idleSeconds])
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
            if let one = Base64URL.decode(visit.form["session"]), !one.isEmpty {
                try await visit.portal.sessions.end(one, of: signedIn.account.id, at: visit.time)
            } else {
                try await visit.portal.sessions.endOthers(than: signedIn.session)
            }
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
        let access = try await visit.portal.store.read { try $0.passwordAccess(of: account.id) }
        let (passkeys, codeCount, sessions) = try await visit.portal.store.read {
            (
                try $0.passkeys(of: account.id), try $0.recoveryCodeCount(of: account.id),
                try $0.staffSessions(of: account.id, at: time)
            )
        }
        let words = { (name: String) in Catalogue.account.text(name, visit.language) }
        let isOfficer = visit.signedIn?.heldRoles.contains(.officer) == true
        let rows = try passkeys.map { passkey -> [String: Any] in
            let used = passkey.usedAt.map { "\(words("used")) \(Clock.text($0))" } ?? words("never")
            let detail = ["\(words("added")) \(Clock.text(passkey.addedAt))", used]
            return [
                "label": passkey.label, "id": Base64URL.encode(passkey.id), "mayRemove": passkeys.count > 1,
                "removeLabel": "\(words("remove")) \(passkey.label)", "isOfficer": isOfficer,
                "fingerprint": "\(words("fingerprint")) \(try Approver.fingerprint(of: passkey))",
                "detail": (detail + (passkey.isBackupEligible ? [words("synced")] : [])).joined(separator: " · "),
            ]
        }
        let space = visit.language == .zh ? "" : " "
        return try visit.page(
            .account, .account,
            [
                "mayUsePassword": access != nil,
                "passwordState": words(access?.secrets == nil ? "passwordNotSet" : "passwordSet"),
                "passkeys": rows, "isSingle": passkeys.count == 1,
                "sessions": sessions.map { session($0, visit) }, "isElsewhere": sessions.count > 1,
                "codesLeft": "\(codeCount)\(space)\(words("codesLeft"))",
            ])
    }
}

extension OwnRoutes {
    private static func session(_ session: StaffSession, _ visit: Visit) -> [String: Any] {
        let words = { (name: String) in Catalogue.account.text(name, visit.language) }
        let device = session.device.isEmpty ? words("unknownDevice") : session.device
        let isHere = session.digest == visit.signedIn?.session.digest
        return [
            "device": device, "id": Base64URL.encode(session.digest), "isHere": isHere, "isOther": !isHere,
            "endLabel": "\(words("endOne")) \(device)",
            "detail": [
                words(session.method.rawValue), "\(words("since")) \(Clock.text(session.begunAt))",
                "\(words("seen")) \(Clock.text(session.seenAt))",
            ].joined(separator: " · "),
        ]
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
