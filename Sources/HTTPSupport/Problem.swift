import Credential
import Encodings
import Errors
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// A problem document (RFC 9457): the only shape in which this server reports an error.
package struct Problem: Error, HTTPResponseError {
    package let status: HTTPResponse.Status
    /// Last part of the type URI, stable for programs.
    package let type: String
    package let detail: BilingualText
    /// Seconds after which it is worth asking again.
    package var retryAfter: Int?
    /// Further headers of the answer.
    package var headers: HTTPFields = [:]

    package init(
        status: HTTPResponse.Status, type: String, _ detail: BilingualText, retryAfter: Int? = nil,
        headers: HTTPFields = [:]
    ) {
        (self.status, self.type, self.detail) = (status, type, detail)
        (self.retryAfter, self.headers) = (retryAfter, headers)
    }

    package init(
        status: HTTPResponse.Status, type: String, zh: String, en: String, retryAfter: Int? = nil,
        headers: HTTPFields = [:]
    ) {
        self.init(
            status: status, type: type, BilingualText(zh: zh, en: en), retryAfter: retryAfter, headers: headers)
    }

    package static func badRequest(zh: String, en: String) -> Problem {
        Problem(status: .badRequest, type: "malformed-request", zh: zh, en: en)
    }

    package static func notFound(_ path: String) -> Problem {
        Problem(status: .notFound, type: "not-found", zh: "此地址没有内容，请核对网址。", en: "Nothing is served at this address.")
    }

    package static func tooLarge(limit: Int) -> Problem {
        Problem(
            status: .contentTooLarge, type: "too-large", zh: "请求超过 \(limit) 字节，请缩小或拆分后再试。",
            en: "The request is larger than \(limit) bytes.")
    }

    package static let unauthorised = Problem(
        status: .unauthorized, type: "unauthorised",
        zh: "需要在 Authorization（Bearer）中给出经办机构的令牌。",
        en: "This needs the office's token in an Authorization header (Bearer).",
        headers: [.wwwAuthenticate: "Bearer"])

    package static let unsupportedMediaType = Problem(
        status: .unsupportedMediaType, type: "unsupported-media-type",
        zh: "请以 application/json 发送请求。", en: "Send the request as application/json.",
        headers: [.accept: "application/json"])

    package static let doubtfulJSON = badRequest(
        zh: "JSON 中有重复的成员、文本中有 NUL，或者层数、成员超出本接口的任何请求。",
        en: "The JSON names a member twice, has a NUL in a text, or is deeper or wider than any request of this API.")

    package static let nul = badRequest(zh: "本服务器的地址中没有 NUL。", en: "An address of this server has no NUL in it.")

    package static let crossSite = Problem(
        status: .forbidden, type: "cross-site",
        zh: "请求来自其他网站的网页，请使用本站的页面或程序。",
        en: "Another site's page sent this by the visitor's browser; use this site's own page, or a program.")

    package static func methodNotAllowed(_ allowed: String) -> Problem {
        Problem(
            status: .methodNotAllowed, type: "method-not-allowed", zh: "此地址只接受 \(allowed)。",
            en: "This address takes \(allowed).",
            headers: [.allow: allowed])
    }

    package static let unknownMethod = Problem(
        status: .notImplemented, type: "unknown-method", zh: "服务器不认识这种请求方法。", en: "This server knows no such method.")

    package static let otherListType = Problem(
        status: .notAcceptable, type: "not-acceptable",
        zh: "状态列表的类型是 application/statuslist+jwt 或 application/statuslist+cwt。",
        en: "A status list is application/statuslist+jwt or application/statuslist+cwt.")

    package static let busy = Problem(
        status: .serviceUnavailable, type: "busy", zh: "服务器正忙，请稍后再试。",
        en: "Many files are being looked at; send it again in a moment.",
        retryAfter: 2)

    package static let tooSlow = Problem(
        status: .requestTimeout, type: "too-slow", zh: "文件发送得太慢。请换网络，或缩小后再试。",
        en: "The file took too long to arrive; send a smaller one.")

    package static let noDocument = Problem(
        status: .notFound, type: "not-found", zh: "没有这个编号的证书，请核对编号。", en: "No certificate has this number.")

    package static let notAcceptable = Problem(
        status: .notAcceptable, type: "not-acceptable",
        zh: "此列表暂时没有 CWT 格式，请改取 JWT。", en: "This list is not there as a CWT at the moment; ask for the JWT.")

    package static let noDetails = Problem(
        status: .notFound, type: "no-details",
        zh: "没有此标识的失效证书的记录。", en: "Nothing is known of a certificate with this id that is not valid.")

    package static let noDetailsHere = Problem(
        status: .notFound, type: "no-store", zh: "这个服务器没有证书库，请使用主管机构的服务器。",
        en: "This server keeps no certificates; ask the authority's own.")

    package static let unavailable = Problem(
        status: .serviceUnavailable, type: "trust-list-unavailable",
        zh: "服务器目前没有有效的信任列表，请稍后再试。", en: "This server has no valid trust list at the moment.")

    package static let trustListRolledBack = Problem(
        status: .serviceUnavailable, type: "trust-list-rolled-back",
        zh: "服务器得到的信任列表比已公布的旧，请换上最新的。",
        en: "This server was given an older trust list than was published; put the newest in its place.")

    package static let statusListExpired = Problem(
        status: .serviceUnavailable, type: "status-list-expired",
        zh: "服务器的状态列表已过期，须由主管机构重新公布。",
        en: "A status list of this server is past its days; the authority must publish it again.")

    package static let outOfOrder = Problem(
        status: .serviceUnavailable, type: "out-of-order",
        zh: "服务器暂时不能做这件事。请稍后再试；仍是如此，请联系主管机构。",
        en: "The server cannot do this at present; the cause is in its log.")

    package static func notRecorded(_ words: BilingualText) -> Problem {
        Problem(status: .serviceUnavailable, type: "not-recorded", words)
    }

    package static let internalError = Problem(
        status: .internalServerError, type: "internal-error", zh: "服务器出错，没有完成。请稍后再试；仍是如此，请联系主管机构。",
        en: "The server failed; the failure is in its log.")

    package var body: ProblemBody {
        ProblemBody(
            type: "/problems/\(type)", title: status.reasonPhrase, status: status.code, detail: detail.en,
            detailZh: detail.zh)
    }

    package func response(from request: Request, context: some RequestContext) -> Response {
        // Answers that must not differ do not, to the byte. Texts and a number can always be encoded.
        let json = (try? StableJSON.encode(body)) ?? Array("{}".utf8)
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        for field in self.headers { headers.append(field) }
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}

/// The members of a problem document.
package struct ProblemBody: Encodable, Sendable {
    package var type: String
    package var title: String
    package var status: Int
    /// In English; in Chinese below.
    package var detail: String
    package var detailZh: String
}

/// An error of another part that a server tells in words of its own.
package protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

/// Turns every error into a problem document, and every surprise into a logged 500.
package struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    package init() {}

    package func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return problem.response(from: request, context: context)
        } catch let error as HTTPParserError {
            // What is no HTTP: the server refuses it, and ends the connection.
            throw error
        } catch let error as any ProblemConvertible {
            return error.problem.response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            let problem =
                switch error.status {
                case .notFound: Problem.notFound(request.uri.path)
                case .contentTooLarge:
                    Problem(
                        status: .contentTooLarge, type: "too-large", zh: "请求太大，请缩小或拆分后再试。",
                        en: "The request is too large.")
                case let status where status.code < 500:
                    Problem(
                        status: status, type: "malformed-request", zh: "请求无法理解，请核对后再试。",
                        en: "The request cannot be understood.")
                default: Problem.internalError
                }
            return problem.response(from: request, context: context)
        } catch let error as any Explained {
            let problem = Problem(error)
            if problem.status.code >= 500 { context.logger.error("request failed: \(error)") }
            return problem.response(from: request, context: context)
        } catch {
            context.logger.error("request failed: \(error)")
            return Problem.internalError.response(from: request, context: context)
        }
    }
}
