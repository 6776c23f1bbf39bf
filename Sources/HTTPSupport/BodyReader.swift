import Credential
import Encodings
import Errors
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// Takes in the body of a request, of bounded size and in bounded time: a connection on which bytes trickle is
/// never idle, and would hold its place for as long as it likes.
package struct BodyReader: Sendable {
    private static let decoder = JSONDecoder()

    /// Seconds for a body to arrive.
    package let seconds: Int
    /// What all bodies together may hold while they arrive.
    package let memory: MemoryBudget

    package init(seconds: Int, memory: MemoryBudget) {
        (self.seconds, self.memory) = (seconds, memory)
    }

    package nonisolated(nonsending) func bytes(of request: Request, upTo maximumByteCount: Int) async throws -> [UInt8]
    {
        try await Array(buffer: buffer(of: request, upTo: maximumByteCount))
    }

    private nonisolated(nonsending) func buffer(
        of request: Request, upTo maximumByteCount: Int
    ) async throws -> ByteBuffer {
        let deadline = MonotonicClock.seconds + Double(seconds)
        let lease = memory.lease()
        var whole = ByteBuffer()
        for try await var part in request.body {
            guard whole.readableBytes + part.readableBytes <= maximumByteCount else {
                throw Problem.tooLarge(limit: maximumByteCount)
            }
            guard MonotonicClock.seconds < deadline else { throw Problem.tooSlow }
            guard lease.grow(to: whole.readableBytes + part.readableBytes) else { throw Problem.busy }
            // Most come in one part.
            if whole.readableBytes == 0 { whole = part } else { whole.writeBuffer(&part) }
        }
        return whole
    }

    /// - Parameter expected: what to send instead, for the problem's words.
    package nonisolated(nonsending) func json<Body: Decodable>(
        _ type: Body.Type = Body.self, of request: Request, upTo maximumByteCount: Int, expected: BilingualText
    ) async throws -> Body {
        guard let type = request.headers.first(where: { $0.name == .contentType }),
            type.value == "application/json" || type.value.lowercased().hasPrefix("application/json")
        else {
            throw Problem.unsupportedMediaType
        }
        let buffer = try await buffer(of: request, upTo: maximumByteCount)
        guard let body = try buffer.withUnsafeReadableBytes({ try Self.decoded(Body.self, from: $0) }) else {
            throw Problem.badRequest(zh: expected.zh, en: expected.en)
        }
        return body
    }

    /// - Returns: nil for what has not the members, or is no JSON.
    /// - Throws: ``Problem/doubtfulJSON``.
    package static func decoded<Body: Decodable>(_ type: Body.Type, from bytes: UnsafeRawBufferPointer) throws -> Body?
    {
        guard StrictJSON.isAcceptable(bytes) else { throw Problem.doubtfulJSON }
        return try? decoder.decode(Body.self, from: Data(bytes))
    }
}
