import Hummingbird

/// Takes in the body of a request, of bounded size and in bounded time: a connection on which bytes trickle is
/// never idle, and would hold its place for as long as it likes.
struct BodyReader: Sendable {
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
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }
}
