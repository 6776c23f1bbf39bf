import Dispatch
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Photos
import Seal
import Synchronization

/// `POST /v1/decode`: the QR text in a photo. The photo is held in memory while it is read, and nowhere else.
struct PhotoRoute: Sendable {
    /// Photos held at a time, arriving or being read: at 12 MiB each, what floods may cost.
    private static let maximumHeld = 16
    /// Seconds for a photo to arrive, however steadily its bytes trickle in.
    private static let maximumSeconds = 30

    private let desk = Desk()
    private let limiter = RateLimiter(perMinute: 60, burst: 30)
    let clients: ClientAddress

    init(clients: ClientAddress) { self.clients = clients }

    /// One at a time, on a thread of its own: verifying never waits for photos.
    private final class Desk: Sendable {
        let held = Mutex(0)
        let queue = DispatchQueue(label: "photos")
    }

    func handle(_ request: Request, _ context: ServerContext) async throws -> Response {
        if let delay = limiter.delay(for: clients.of(request, context), now: MonotonicClock.seconds) {
            throw Problem.tooManyRequests(after: delay)
        }
        let isAdmitted = desk.held.withLock { held in
            guard held < Self.maximumHeld else { return false }
            held += 1
            return true
        }
        guard isAdmitted else { throw Problem.busy }
        defer { desk.held.withLock { $0 -= 1 } }
        let text = try await read(try await collected(request))
        // A seal's text is an address and digits, but its address is whatever the code says.
        let json = try JSONEncoder().encode(["text": text])
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    private func collected(_ request: Request) async throws -> [UInt8] {
        let deadline = MonotonicClock.seconds + Double(Self.maximumSeconds)
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= PhotoReader.maximumByteCount else {
                throw Problem.tooLarge(limit: PhotoReader.maximumByteCount)
            }
            guard MonotonicClock.seconds < deadline else { throw Problem.tooSlow }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    private func read(_ photo: [UInt8]) async throws -> String {
        let texts: [String]
        do {
            texts = try await withCheckedThrowingContinuation { continuation in
                desk.queue.async { continuation.resume(with: Result { try PhotoReader.texts(in: photo) }) }
            }
        } catch let problem as PhotoReader.Problem {
            throw Problem.photo(problem)
        }
        // A page may also carry the school's own code.
        guard let text = texts.first(where: { (try? UnverifiedSeal(qrText: $0)) != nil }) else {
            throw texts.isEmpty ? Problem.noCode : Problem.otherCode
        }
        return text
    }
}
