import Accounts
import Acts
import Approvals
import Audit
import Credential
import Encodings
import Errors
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Rendering
import Signing
import Store

/// Signing in by password and code, where it is allowed.
enum PasswordRoutes {
    static let all: [StaffRoute] = [
        .post("/sign-in/password", .anyone) { visit in
            let account: Account
            do {
                account = try await visit.portal.passwords.signIn(
                    visit.form["name"], password: visit.form["password"], code: visit.form["code"].digitsOnly,
                    from: visit.client, at: visit.time)
            } catch let error as AccountError where error.code == .wrongPassword || error.code == .tooManyTries {
                return try SignInRoutes.page(visit, error: visit.language.of(error.words))
            }
            return try await SignInRoutes.signedIn(account, by: .password, visit)
        },
        .post("/account/password/begin", .act(.ownAccount)) { visit in
            let account = try visit.account
            try await requireAllowed(account, visit)
            let new = try visit.portal.passwords.newCodeSecret(for: account.id, at: visit.time)
            return try await page(visit, account, new)
        },
        .post("/account/password", .act(.ownAccount)) { visit in
            guard let signedIn = visit.signedIn else { throw PortalRefusal.signedOut }
            return try await set(visit, signedIn.account, by: .session(signedIn.session.digest)) {
                visit.redirect("/account")
            }
        },
        .post("/enrol/password/begin", .anyone) { visit in
            let account = try await EnrolRoutes.invited(visit).account
            try await requireAllowed(account, visit)
            let new = try visit.portal.passwords.newCodeSecret(for: account.id, at: visit.time)
            return try await page(visit, account, new)
        },
        .post("/enrol/password", .anyone) { visit in
            let (account, proof) = try await EnrolRoutes.invited(visit)
            guard case .link(let digest) = proof else { throw AccountError.linkUsed }
            return try await set(visit, account, by: .link(digest)) {
                // The link has made it active, and its sessions from before have ended.
                let now = try await visit.portal.store.read { try $0.account(account.id) } ?? account
                return try await SignInRoutes.signedIn(now, by: .password, visit)
            }
        },
        .post("/accounts/password", .act(.accountsChange)) { visit in
            let account = try await AccountRoutes.other(visit)
            try await visit.perform(try AllowPassword(account.id, signInName: visit.form["signInName"]))
            return visit.redirect("/accounts/\(account.id)")
        },
        .post("/accounts/password/end", .act(.accountsChange)) { visit in
            let account = try await AccountRoutes.other(visit)
            try await visit.perform(EndPassword(account.id))
            return visit.redirect("/accounts/\(account.id)")
        },
    ]

    private static func requireAllowed(_ account: Account, _ visit: Visit) async throws {
        guard try await visit.portal.store.read({ try $0.passwordAccess(of: account.id) }) != nil else {
            throw AccountError.passwordNotAllowed
        }
    }

    private static func set(
        _ visit: Visit, _ account: Account, by proof: SetPassword.Proof, then answer: () async throws -> Response
    ) async throws -> Response {
        let desk = visit.portal.passwords
        let new = try desk.codeSecret(sealed: visit.form["setup"], for: account.id, at: visit.time)
        let access = try await visit.portal.store.read { try $0.passwordAccess(of: account.id) }
        do {
            let (secrets, step) = try await desk.secrets(
                new, password: visit.form["password"], code: visit.form["code"].digitsOnly,
                words: [account.name, access?.signInName ?? "", "signet", visit.portal.authorityName],
                for: account.id, at: visit.time)
            let actor = Actor(account.id.actorName, by: .server, may: [.ownAccount])
            try await visit.perform(SetPassword(secrets, step: step, of: account.id, by: proof), by: actor)
        } catch let error as AccountError where error.code == .weakPassword || error.code == .wrongCode {
            return try await page(visit, account, new, error: visit.language.of(error.words))
        }
        return try await answer()
    }

    private static func page(
        _ visit: Visit, _ account: Account, _ new: NewCodeSecret, error: String? = nil
    ) async throws -> Response {
        let access = try await visit.portal.store.read { try $0.passwordAccess(of: account.id) }
        let name = access?.signInName ?? ""
        let address = new.address(issuer: visit.portal.authorityName, name: name)
        let words = { (name: String) in Catalogue.password.text(name, visit.language) }
        return try visit.page(
            .password, .password,
            [
                "signInName": name, "setup": new.sealed, "token": visit.form["token"],
                "action": visit.form["token"].isEmpty ? "/account/password" : "/enrol/password",
                "secret": StatementLines.grouped(Base32.encode(new.secret)),
                "picture": "data:image/png;base64,"
                    + Data(try QRSymbol(address: address).png(scale: 4)).base64EncodedString(),
                "hasError": error != nil, "error": error ?? "",
            ], status: error == nil ? .ok : .unprocessableContent,
            title: error == nil ? nil : words("errorPrefix") + words("title"))
    }
}

extension String {
    /// As people type codes, with spaces.
    fileprivate var digitsOnly: String { filter { $0.isASCII && $0.isNumber } }
}
