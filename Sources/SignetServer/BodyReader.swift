import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Takes in the body of a request, of bounded size and in bounded time: a connection on which bytes trickle is
/// never idle, and would hold its place for as long as it likes.
struct BodyReader: Sendable {
    private static let decoder = JSONDecoder()

    /// Seconds for a body to arrive.
    let seconds: Int

    func bytes(of request: Request, upTo maximumByteCount: Int) async throws -> [UInt8] {
        let deadline = MonotonicClock.seconds + Double(seconds)
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= maximumByteCount else {
                throw Problem.tooLarge(limit: maximumByteCount)
            }
            guard MonotonicClock.seconds < deadline else { throw Problem.tooSlow }
            // Most come in one part.
            if bytes.isEmpty { bytes = Array(buffer: part) } else { bytes += part.readableBytesView }
        }
        return bytes
    }

    /// - Parameter expected: what to send instead, for the problem's words.
    func json<Body: Decodable>(
        _ type: Body.Type = Body.self, of request: Request, upTo maximumByteCount: Int, expected: String
    ) async throws -> Body {
        guard let type = request.headers.first(where: { $0.name == .contentType }),
            type.value.lowercased().hasPrefix("application/json")
        else {
            throw Problem.unsupportedMediaType
        }
        let bytes = try await bytes(of: request, upTo: maximumByteCount)
        guard let body = try? Self.decoder.decode(Body.self, from: Data(bytes)) else {
            throw Problem.badRequest(expected)
        }
        return body
    }
}
