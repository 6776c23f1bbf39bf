import Encodings
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import Publishing
import Signing
import StatusList
import Verification

/// `GET /status/N` and their aggregation, `GET /status` (Token Status List §8 and §9).
struct StatusRoute: Sendable {
    let status: PublishedStatus
    let now: @Sendable () -> Int

    /// A JWT unless the client rather has a CWT.
    func list(_ name: String, _ request: Request) throws -> Response {
        guard let number = Int(name), String(number) == name, let list = status.snapshot.lists[number] else {
            throw Problem.notFound(name)
        }
        let wantsCWT = try Self.wantsCWT(request)
        guard let body = wantsCWT ? list.cwt : list.jwt else { throw Problem.notAcceptable }
        let left = max(0, (list.verified.expiresAt ?? .max) - now())
        var headers: HTTPFields = [
            .contentType: wantsCWT ? StatusListClaims.cwtType : "application/\(StatusListClaims.jwtType)",
            .cacheControl: "max-age=\(min(list.verified.timeToLive ?? 300, left))",
            .eTag: try "\"" + Base64URL.encode(SHA256.digest(body).prefix(12)) + "\"",
            .accessControlAllowOrigin: "*", .vary: "Accept", .xContentTypeOptions: "nosniff",
        ]
        if let tag = headers[.eTag], request.holds(tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentLength] = String(body.count)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    private static func wantsCWT(_ request: Request) throws -> Bool {
        func preference(_ type: String) -> Double {
            guard request.headers.contains(.accept) else { return 1 }
            return request.preference(in: .accept, for: [type, "application/*", "*/*"]) ?? 0
        }
        let jwt = preference("application/\(StatusListClaims.jwtType)")
        let cwt = preference(StatusListClaims.cwtType)
        guard max(jwt, cwt) > 0 else { throw Problem.otherListType }
        return cwt > jwt
    }

    /// The addresses of all lists, for those who want to have them before a day without a network.
    func aggregation() throws -> Response {
        let lists = status.snapshot.lists.sorted { $0.key < $1.key }.map(\.value.verified.uri)
        let body = try JSONEncoder().encode(["status_lists": lists])
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json", .cacheControl: "max-age=300", .accessControlAllowOrigin: "*",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
