import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Publishing
import Signing
import Trust
import Verification

/// `GET /trust/list` and `GET /trust/recorded/KID`, as they were published.
struct TrustRoute: Sendable {
    let trust: PublishedTrust

    func list(_ request: Request) throws -> Response {
        let snapshot = trust.snapshot
        guard let jws = snapshot.jws, case .list(let list) = snapshot.source else { throw Problem.unavailable }
        var headers: HTTPFields = [
            .contentType: "application/jose", .cacheControl: "max-age=60", .accessControlAllowOrigin: "*",
            // Weak, as the bytes differ by their encoding; each list has another sequence.
            .vary: "Accept-Encoding", .eTag: "W/\"\(list.list.sequence)-\(list.list.iat)\"",
        ]
        if let tag = headers[.eTag], request.holds(tag) { return Response(status: .notModified, headers: headers) }
        guard let compressed = snapshot.compressed, request.acceptsGzip else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: jws)))
        }
        headers[.contentEncoding] = "gzip"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: compressed)))
    }

    func recordedSeals(of kid: String) throws -> Response {
        guard case .list(let list) = trust.snapshot.source,
            let seals = KeyID(hex: kid).flatMap({ list.recordedSeals(of: $0) })
        else { throw Problem.notFound(kid) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "max-age=60", .accessControlAllowOrigin: "*",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: seals.bytes)))
    }
}
