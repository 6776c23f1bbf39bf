import Accounts
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Store
import WebAuthn

/// Coming in, and going out.
enum SignInRoutes {
    /// To which pages somebody may come back after signing in.
    private static let destinations = ["/", "/accounts", "/account", "/batches", "/sheets"]

    static let all: [StaffRoute] = [
        .get("/sign-in", .anyone) { visit in
            try page(visit)
        },
        .post("/sign-in/begin", .anyone) { visit in
            try json([
                "options": await visit.portal.desk.beginSignIn(in: visit.browser, from: visit.client, at: visit.time)
            ])
        },
        .post("/sign-in", .anyone) { visit in
            let response = try AssertionResponse(json: visit.form["credential"])
            let account = try await visit.portal.desk.signIn(
                response, in: visit.browser, from: visit.client, at: visit.time)
            return try await signedIn(account, by: .passkey, visit)
        },
        .post("/sign-out", .anyone) { visit in
            if let signedIn = visit.signedIn { try await visit.portal.sessions.end(signedIn.session) }
            return visit.redirect(
                "/sign-in", settingCookies: [Cookies.ending(Cookies.session), Cookies.ending(Cookies.browser)])
        },
        .get("/language/{id}", .anyone) { visit in
            guard let language = visit.parameter.flatMap(Language.init(rawValue:)) else { throw PortalRefusal.missing }
            let cookie = Cookies.setting(Cookies.language, to: language.rawValue, seconds: 31_536_000)
            return visit.redirect("/", settingCookies: [cookie])
        },
        .get("/assets/portal.css", .anyone) { _ in file(PortalPages.style, "text/css; charset=utf-8") },
        .get("/assets/passkey.js", .anyone) { _ in file(PortalPages.script, "text/javascript; charset=utf-8") },
        .get("/assets/idle.js", .anyone) { _ in file(PortalPages.idleScript, "text/javascript; charset=utf-8") },
        .get("/assets/progress.js", .anyone) { _ in file(PortalPages.progressScript, "text/javascript; charset=utf-8")
        },
    ]

    /// - Parameter error: why the password was not taken.
    static func page(_ visit: Visit, error: String? = nil) throws -> Response {
        let wanted = visit.request.uri.queryParameters["next"].map(String.init) ?? visit.form["next"]
        let words = { (name: String) in Catalogue.signIn.text(name, visit.language) }
        return try visit.page(
            .signIn, .signIn,
            [
                "next": destination(wanted), "typedName": visit.form["name"], "hasError": error != nil,
                "error": error ?? "",
            ], status: error == nil ? .ok : .forbidden,
            title: error == nil ? nil : words("errorPrefix") + words("title"))
    }

    static func signedIn(
        _ account: Account, by method: StaffSession.Method, _ visit: Visit
    ) async throws -> Response {
        // A session from before ends: each sign-in has a token of its own.
        if let earlier = visit.signedIn { try await visit.portal.sessions.end(earlier.session) }
        let token = try await visit.portal.sessions.begin(
            for: account, by: method, device: visit.device, on: visit.day, at: visit.time)
        return visit.redirect(
            destination(visit.form["next"]), settingCookies: [Cookies.setting(Cookies.session, to: token)])
    }

    static func json(_ value: some Encodable) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(value))))
    }

    private static func destination(_ wanted: String?) -> String {
        destinations.first { $0 == wanted } ?? "/"
    }

    private static func file(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
