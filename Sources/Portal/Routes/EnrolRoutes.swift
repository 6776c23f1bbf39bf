import Accounts
import Acts
import Audit
import Encodings
import HTTPTypes
import Hummingbird
import Signing
import Store
import WebAuthn

/// The first passkey of an account, by a link; or a new one, by a recovery code.
enum EnrolRoutes {
    /// Tries at once, and seconds until the next, of one client.
    private static let (mostTries, trySeconds) = (20, 30)

    private struct Begun: Encodable {
        let name, roles: String
        let mayUsePassword: Bool
        let options: CreationOptions
    }

    static let all: [StaffRoute] = [
        .get("/enrol", .anyone) { visit in try visit.page(.enrol, .enrol, [:]) },
        .post("/enrol/begin", .anyone) { visit in
            let (account, _) = try await invited(visit)
            let roles = try await visit.portal.store.read { try $0.roles(of: account.id) }
            let names = roles.filter { $0.isGood(on: visit.day) }.compactMap { Role(rawValue: $0.role) }
                .map { visit.language.of($0.words) }
            let options = try await visit.portal.desk.beginRegistration(of: account, in: visit.browser, at: visit.time)
            let access = try await visit.portal.store.read { try $0.passwordAccess(of: account.id) }
            let separator = visit.language == .zh ? "、" : ", "
            return try SignInRoutes.json(
                Begun(
                    name: account.name, roles: names.joined(separator: separator),
                    mayUsePassword: access != nil && !visit.form["token"].isEmpty, options: options))
        },
        .post("/enrol", .anyone) { visit in
            let (account, proof) = try await invited(visit)
            let passkey = try await visit.passkey(of: account)
            let codes = try RecoveryCodes()
            let actor = Actor(account.id.actorName, by: .server, may: [.ownAccount])
            try await visit.perform(AddPasskey(passkey, by: proof, recoveryCodes: codes.digests), by: actor)
            // A recovery code gives a new passkey and nothing else: its owner signs in with that.
            let isRecovery = if case .recoveryCode = proof { true } else { false }
            var response = try visit.page(
                .codes, .codes,
                ["codes": codes.codes.map { ["code": $0] as [String: Any] }, "isRecovery": isRecovery])
            guard !isRecovery, let current = try await visit.portal.store.read({ try $0.account(account.id) }) else {
                return response
            }
            let token = try await visit.portal.sessions.begin(
                for: current, device: visit.device, on: visit.day, at: visit.time)
            response.headers.append(
                HTTPField(name: .setCookie, value: Cookies.setting(Cookies.session, to: token)))
            return response
        },
    ]

    /// Whose link or recovery code it is; neither is used up by asking.
    static func invited(_ visit: Visit) async throws -> (account: Account, proof: AddPasskey.Proof) {
        let isAllowed = try await visit.portal.store.write {
            try $0.takeAllowance("enrol \(visit.client)", most: mostTries, seconds: trySeconds, at: visit.time)
        }
        guard isAllowed else { throw AccountError.tooManyTries }
        let (token, time) = (visit.form["token"], visit.time)
        if !token.isEmpty {
            let digest = try SHA256.digest(token.utf8)
            let account = try await visit.portal.store.read { reading in
                try reading.enrolmentLink(digest: digest, at: time).flatMap { try reading.account($0.account) }
            }
            guard let account else { throw AccountError.linkUsed }
            return (account, .link(digest))
        }
        guard let digest = try RecoveryCodes.digest(typed: visit.form["code"]) else { throw AccountError.codeUnknown }
        let account = try await visit.portal.store.read { reading in
            try reading.recoveryCodeOwner(digest: digest).flatMap { try reading.account($0) }
        }
        guard let account else { throw AccountError.codeUnknown }
        return (account, .recoveryCode(digest))
    }
}

extension Visit {
    var device: String { DeviceName.of(request.headers[.userAgent] ?? "") }

    private static let longestLabel = 40

    /// The passkey that the form brings, checked.
    func passkey(of account: Account) async throws -> Passkey {
        let response = try RegistrationResponse(json: form["credential"])
        let typed = form["label"]
        let label = typed.count <= Self.longestLabel && SafeText.isSafe(typed) ? typed : ""
        return try await portal.desk.register(
            response, for: account, label: label.isEmpty ? Catalogue.account.text("unnamed", language) : label,
            in: browser, at: time)
    }
}
