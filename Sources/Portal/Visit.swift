import Accounts
import Acts
import Audit
import Credential
import Errors
import HTTPTypes
import Hummingbird
import Store

/// One request, with what is known of who sends it.
struct Visit: Sendable {
    let request: Request
    let portal: PortalParts
    let language: Language
    /// Nil for strangers.
    let signedIn: SignedIn?
    /// The secret of the browser's cookie.
    let browser: String
    /// Of the session, or of the browser before there is one.
    let formToken: String
    let form: Form
    /// From where, for counting tries.
    let client: String
    /// Of a path with a place in it.
    let parameter: String?
    /// Seconds since 1970.
    let time: Int
    let day: CalendarDate

    /// The same request by somebody who is known.
    func signed(in signedIn: SignedIn?) -> Visit {
        Visit(
            request: request, portal: portal, language: language, signedIn: signedIn, browser: browser,
            formToken: formToken, form: form, client: client, parameter: parameter, time: time, day: day)
    }

    /// Who acts, with what the roles allow of it.
    var actor: Actor {
        get throws {
            guard let signedIn else { throw PortalRefusal.signedOut }
            var permissions: Set<Permission> = [.ownAccount]
            let allowed: [(StaffAct, Permission)] = [
                (.accountsChange, .changeAccounts), (.batchFiles, .takeFiles), (.holdersInvite, .inviteHolders),
                (.sheetEdit, .submitSheets), (.batchReview, .review), (.batchApprove, .approve),
            ]
            for (act, permission) in allowed {
                if case .allowed = signedIn.decide(act, time: time) { permissions.insert(permission) }
            }
            return Actor(signedIn.account.id.actorName, by: .server, may: permissions)
        }
    }

    func perform<A: Act>(_ act: A, by actor: Actor? = nil) async throws -> A.Outcome {
        try await portal.office.perform(act, by: actor ?? self.actor, at: time)
    }

    func page(
        _ page: PortalPage, _ catalogue: Catalogue, _ values: [String: Any], status: HTTPResponse.Status = .ok,
        title: String? = nil
    ) throws -> Response {
        let heading = title ?? catalogue.text("title", language)
        var all = frame(heading)
        all["t"] = catalogue.values(language)
        all.merge(values) { $1 }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: try portal.pages.render(page, all))))
    }

    /// What the layout of all pages shows.
    private func frame(_ title: String) -> [String: Any] {
        let here = request.uri.path
        let nav = portal.navigation(for: signedIn, at: time).map { href, name -> [String: Any] in
            [
                "href": href, "label": Catalogue.layout.text(name, language),
                "isHere": href == here || here.hasPrefix(href + "/"),
            ]
        }
        let roles = signedIn?.heldRoles.map { language.of($0.words) } ?? []
        return [
            "lang": language.rawValue, "otherLang": language.other.rawValue, "title": title, "csrf": formToken,
            "authority": portal.authorityName, "l": Catalogue.layout.values(language), "signedIn": signedIn != nil,
            "nav": nav, "refreshes": false, "idleSeconds": StaffSession.idleSeconds,
            "person": signedIn?.account.name ?? "",
            "roles": roles.joined(separator: language == .zh ? "、" : ", "),
        ]
    }

    func redirect(_ path: String, settingCookies cookies: [String] = []) -> Response {
        var headers: HTTPFields = [.location: path]
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return Response(status: .seeOther, headers: headers)
    }
}

/// Why a request is not answered with its page.
enum PortalRefusal: Error {
    case signedOut, needsFreshSignIn, foreign, missing
    case denied(roles: [Role])
}
