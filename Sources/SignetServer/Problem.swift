import Credential
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// A problem document (RFC 9457): the only shape in which this server reports an error.
struct Problem: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    /// Last part of the type URI, stable for programs.
    let type: String
    let detail: String
    /// Seconds after which it is worth asking again.
    var retryAfter: Int?
    /// Further headers of the answer.
    var headers: HTTPFields = [:]

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, type: "malformed-request", detail: detail)
    }

    static func notFound(_ path: String) -> Problem {
        Problem(status: .notFound, type: "not-found", detail: "nothing is served at this address")
    }

    static func tooLarge(limit: Int) -> Problem {
        Problem(status: .contentTooLarge, type: "too-large", detail: "the request is larger than \(limit) bytes")
    }

    static let unauthorised = Problem(
        status: .unauthorized, type: "unauthorised",
        detail: "this needs the office's token in an Authorization header (Bearer)",
        headers: [.wwwAuthenticate: "Bearer"])

    static let unsupportedMediaType = Problem(
        status: .unsupportedMediaType, type: "unsupported-media-type",
        detail: "send the request as application/json", headers: [.accept: "application/json"])

    static let doubtfulJSON = badRequest(
        "the JSON names a member twice, has a NUL in a text, or is deeper or wider than any request of this API")

    static let nul = badRequest("an address of this server has no NUL in it")

    static let crossSite = Problem(
        status: .forbidden, type: "cross-site",
        detail: "another site's page sent this by the visitor's browser; use this site's own page, or a program")

    static func methodNotAllowed(_ allowed: String) -> Problem {
        Problem(
            status: .methodNotAllowed, type: "method-not-allowed", detail: "this address takes \(allowed)",
            headers: [.allow: allowed])
    }

    static let unknownMethod = Problem(
        status: .notImplemented, type: "unknown-method", detail: "this server knows no such method")

    static let otherListType = Problem(
        status: .notAcceptable, type: "not-acceptable",
        detail: "a status list is application/statuslist+jwt or application/statuslist+cwt")

    static let documentsNotApproved = Problem(
        status: .serviceUnavailable, type: "documents-not-approved",
        detail: "documents would not look as they were approved; the office must approve how they look now")

    static let noDocument = Problem(
        status: .notFound, type: "not-found", detail: "no certificate has this number")

    static let notAcceptable = Problem(
        status: .notAcceptable, type: "not-acceptable",
        detail: "this list is not there as a CWT at the moment; ask for the JWT")

    static let noDetails = Problem(
        status: .notFound, type: "no-details",
        detail: "nothing is known of a certificate with this id that is not valid")

    static let noDetailsHere = Problem(
        status: .notFound, type: "no-store", detail: "this server keeps no certificates; ask the authority's own")

    static let unavailable = Problem(
        status: .serviceUnavailable, type: "trust-list-unavailable",
        detail: "this server has no valid trust list at the moment")

    static let trustListRolledBack = Problem(
        status: .serviceUnavailable, type: "trust-list-rolled-back",
        detail: "this server was given an older trust list than was published; put the newest in its place")

    static let statusListExpired = Problem(
        status: .serviceUnavailable, type: "status-list-expired",
        detail: "a status list of this server is past its days; publish it: signet status publish")

    static func notRecorded(_ words: String) -> Problem {
        Problem(status: .serviceUnavailable, type: "not-recorded", detail: words)
    }

    static let internalError = Problem(
        status: .internalServerError, type: "internal-error", detail: "the server failed; the failure is in its log")

    var body: ProblemBody {
        ProblemBody(type: "/problems/\(type)", title: status.reasonPhrase, status: status.code, detail: detail)
    }

    func response(from request: Request, context: some RequestContext) -> Response {
        let encoder = JSONEncoder()
        // Always in one order: answers that must not differ do not, to the byte.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and a number can always be encoded.
        let json = (try? encoder.encode(body)) ?? Data("{}".utf8)
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        for field in self.headers { headers.append(field) }
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}

/// The members of a problem document.
struct ProblemBody: Encodable, Sendable {
    var type: String
    var title: String
    var status: Int
    var detail: String
}

/// Turns every error into a problem document, and every surprise into a logged 500.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return problem.response(from: request, context: context)
        } catch let error as HTTPParserError {
            // What is no HTTP: the server refuses it, and ends the connection.
            throw error
        } catch let error as CertificateNumber.Malformed {
            return Problem.badRequest(error.description).response(from: request, context: context)
        } catch is DocumentsNotApproved {
            return Problem.documentsNotApproved.response(from: request, context: context)
        } catch let busy as ServerBusy {
            return Problem.passphrasesBusy(after: busy.seconds).response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            let problem =
                switch error.status {
                case .notFound: Problem.notFound(request.uri.path)
                case .contentTooLarge:
                    Problem(status: .contentTooLarge, type: "too-large", detail: "the request is too large")
                case let status where status.code < 500:
                    Problem(status: status, type: "malformed-request", detail: "the request cannot be understood")
                default: Problem.internalError
                }
            return problem.response(from: request, context: context)
        } catch {
            context.logger.error("request failed: \(error)")
            return Problem.internalError.response(from: request, context: context)
        }
    }
}
