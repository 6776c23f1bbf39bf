import Accounts
import Errors
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import Logging
import Store

/// What somebody is told instead of a page: what happened, what it means, what to do.
enum ProblemPage {
    private struct Told {
        var status: HTTPResponse.Status
        var heading = "title"
        var text: String
        var href = "/"
        var go = "back"
    }

    static func answer(_ error: any Error, _ visit: Visit) throws -> Response {
        if case PortalRefusal.signedOut = error, visit.request.method == .get || visit.request.method == .head {
            return visit.redirect("/sign-in")
        }
        let told = Self.told(error, visit)
        if visit.request.headers[.accept] == "application/json" {
            let json = try JSONEncoder().encode(["error": told.text])
            return Response(
                status: told.status, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
        }
        let (words, language) = (Catalogue.problem, visit.language)
        return try visit.page(
            .problem, words,
            [
                "heading": words.text(told.heading, language), "text": told.text, "href": told.href,
                "go": words.text(told.go, language),
            ], status: told.status, title: words.text(told.heading, language))
    }

    private static func told(_ error: any Error, _ visit: Visit) -> Told {
        let words = { (name: String) in Catalogue.problem.text(name, visit.language) }
        switch error {
        case PortalRefusal.signedOut:
            return Told(
                status: .unauthorized, heading: "signedOut", text: words("signedOutText"), href: "/sign-in",
                go: "signIn")
        case PortalRefusal.needsFreshSignIn:
            return Told(
                status: .forbidden, heading: "fresh", text: words("freshText"), href: "/sign-in?next=/accounts",
                go: "signIn")
        case PortalRefusal.foreign: return Told(status: .forbidden, heading: "foreign", text: words("foreignText"))
        case PortalRefusal.missing: return Told(status: .notFound, heading: "missing", text: words("missingText"))
        case PortalRefusal.denied(let roles):
            let names = roles.map { visit.language.of($0.words) }.joined(separator: visit.language == .zh ? "、" : ", ")
            return Told(status: .forbidden, heading: "denied", text: words("deniedText") + names)
        case let error as any Explained where error.category != .defect:
            return Told(status: error.category.httpStatus, text: visit.language.of(error.words))
        case let problem as Problem: return Told(status: problem.status, text: visit.language.of(problem.detail))
        default:
            visit.portal.logger.error("a request failed: \(error)")
            return Told(status: .internalServerError, heading: "failed", text: words("failedText"))
        }
    }
}
