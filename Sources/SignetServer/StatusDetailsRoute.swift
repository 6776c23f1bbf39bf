import Credential
import Encodings
import Errors
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import StatusList

/// Why a certificate is not valid any more, beyond what its status list says.
package struct StatusDetails: Sendable {
    package let status: CertificateStatus
    package let reason: StatusReason
    /// Seconds since 1970.
    package let since: Int
    /// QR text of the newest version; nil unless this one was superseded.
    package let successor: String?

    package init(status: CertificateStatus, reason: StatusReason, since: Int, successor: String?) {
        self.status = status
        self.reason = reason
        self.since = since
        self.successor = successor
    }
}

/// What a server asks that stands beside the store.
package protocol StatusDetailsSource: Sendable {
    /// Nil for what is valid or not there: the two must look the same.
    ///
    /// - Parameter id: 16 bytes that only who holds the certificate can know.
    func details(id: [UInt8], version: Int) async throws -> StatusDetails?
}

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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = try encoder.encode(
            Answer(
                status: details.status.name, reason: details.reason.rawValue, since: details.since,
                successor: details.successor))
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}
