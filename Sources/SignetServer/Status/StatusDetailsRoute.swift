import Credential
import Encodings
import Errors
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import NIOCore
import StatusList

/// `POST /v1/status-details`: to whoever shows a certificate's random id, never by number or index.
struct StatusDetailsRoute: Sendable {
    let source: (any StatusDetailsSource)?
    let bodies: BodyReader

    struct Body: Decodable {
        var id: String
        var version: Int
    }

    private struct Answer: Encodable {
        var status: String
        var reason: String
        var since: Int
        var successor: String?
    }

    func handle(_ request: Request) async throws -> Response {
        guard let source else { throw Problem.noDetailsHere }
        let expected = BilingualText(
            zh: "请给出 id（32 位十六进制数字）和 version（数字）。",
            en: "Give id (32 hexadecimal digits) and version (a number).")
        let body = try await bodies.json(Body.self, of: request, upTo: 1024, expected: expected)
        guard let id = Hex.decode(body.id), id.count == 16 else {
            throw Problem.badRequest(zh: expected.zh, en: expected.en)
        }
        guard let details = try await source.details(id: id, version: body.version) else { throw Problem.noDetails }
        let json = try StableJSON.encode(
            Answer(
                status: details.status.name, reason: details.reason.rawValue, since: details.since,
                successor: details.successor))
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}
