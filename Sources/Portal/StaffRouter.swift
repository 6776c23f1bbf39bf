import Accounts
import Acts
import Credential
import Encodings
import Errors
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Signing
import Store
import WebAuthn

/// Lets each request to its route, or tells why not: its origin, its session, its form and its act, in that order.
struct StaffRouter: Sendable {
    /// A file, and the texts beside it.
    private static let mostUploadBytes = UploadSheet.maximumSize + (128 << 10)

    let parts: PortalParts
    let routes: [StaffRoute]

    func router() throws -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await respond(route, request, context)
            }
        }
        return router
    }

    func respond(_ route: StaffRoute?, _ request: Request, _ context: ServerContext) async throws -> Response {
        let known = Cookies.value(Cookies.browser, in: request)
        let browser = try known ?? Base64URL.encode(SecureRandom.bytes(32))
        let stranger = Visit(
            request: request, portal: parts, language: Self.language(of: request), signedIn: nil, browser: browser,
            formToken: try Cookies.formToken(browser), form: .empty,
            client: parts.clients.of(request, context).description,
            parameter: context.parameters.get("id"), time: parts.now(), day: Clock.today())
        var response: Response
        do {
            guard let route else { throw PortalRefusal.missing }
            response = try await admitted(stranger, to: route)
        } catch {
            response = try ProblemPage.answer(error, stranger)
        }
        if known == nil, route?.path.hasPrefix("/assets/") != true {
            response.headers.append(
                HTTPField(name: .setCookie, value: Cookies.setting(Cookies.browser, to: browser, seconds: 86_400)))
        }
        PortalManners.secure(&response)
        return response
    }

    private func admitted(_ stranger: Visit, to route: StaffRoute) async throws -> Response {
        let changes = route.method != .get
        guard !changes || PortalManners.isOwn(stranger.request, origin: parts.desk.party.origin) else {
            throw PortalRefusal.foreign
        }
        let token = Cookies.value(Cookies.session, in: stranger.request)
        let signedIn =
            if let token { try await parts.sessions.find(token, on: stranger.day, at: stranger.time) } else {
                SignedIn?.none
            }
        do {
            // Before its body is taken in: a stranger's is not.
            try Self.require(route.access, of: stranger.signed(in: signedIn))
        } catch { return try ProblemPage.answer(error, stranger.signed(in: signedIn)) }
        let secret = signedIn == nil ? stranger.browser : token ?? stranger.browser
        let form = changes ? try await self.form(of: stranger.request, for: route) : .empty
        let visit = Visit(
            request: stranger.request, portal: parts, language: stranger.language, signedIn: signedIn,
            browser: stranger.browser, formToken: try Cookies.formToken(secret), form: form, client: stranger.client,
            parameter: stranger.parameter, time: stranger.time, day: stranger.day)
        do {
            guard !changes || ConstantTime.areEqual(Array(form["csrf"].utf8), Array(visit.formToken.utf8)) else {
                throw PortalRefusal.foreign
            }
            return try await route.answer(visit)
        } catch { return try ProblemPage.answer(error, visit) }
    }

    private static func require(_ access: StaffRoute.Access, of visit: Visit) throws {
        guard case .act(let act) = access else { return }
        guard let signedIn = visit.signedIn else { throw PortalRefusal.signedOut }
        switch signedIn.decide(act, time: visit.time) {
        case .allowed: return
        case .needsFreshSignIn: throw PortalRefusal.needsFreshSignIn
        case .denied(let roles): throw PortalRefusal.denied(roles: roles)
        }
    }

    private func form(of request: Request, for route: StaffRoute) async throws -> Form {
        if route.takesFile, let boundary = MultipartForm.boundary(inType: request.headers[.contentType] ?? "") {
            let body = try await parts.uploads.bytes(of: request, upTo: Self.mostUploadBytes)
            guard let form = MultipartForm(body, boundary: boundary) else { throw PortalRefusal.foreign }
            return Form(form)
        }
        guard let form = Form(try await parts.bodies.bytes(of: request, upTo: Form.mostBytes)) else {
            throw PortalRefusal.foreign
        }
        return form
    }

    /// As chosen here before, else as the browser says; Chinese for all others.
    private static func language(of request: Request) -> Language {
        if let chosen = Cookies.value(Cookies.language, in: request).flatMap(Language.init(rawValue:)) { return chosen }
        let wanted = (request.headers[.acceptLanguage] ?? "").lowercased().split(separator: ",")
            .map { $0.drop { $0 == " " } }
        return wanted.first { $0.hasPrefix("zh") || $0.hasPrefix("en") }?.hasPrefix("en") == true ? .en : .zh
    }
}
