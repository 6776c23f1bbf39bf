import HTTPSupport
import Hummingbird
import Synchronization

/// Takes in files to be looked at: few at a time, each of bounded size and in bounded time, and none is kept.
struct UploadDesk: Sendable {
    /// Files held at a time, arriving or being read: with their size, what floods may cost.
    private static let maximumHeld = 16
    /// Of one client, so that nobody holds all of them.
    private static let maximumOfClient = 4

    private let limiter = ClientLimiter(perMinute: 60, burst: 30)
    private let label: String
    private let held = Held()
    private let clients: ClientAddress
    private let bodies: BodyReader
    private let maximumByteCount: Int

    /// - Parameter label: of the queue, for who looks at the process.
    init(_ label: String, clients: ClientAddress, bodies: BodyReader, maximumByteCount: Int) {
        (self.clients, self.bodies, self.maximumByteCount) = (clients, bodies, maximumByteCount)
        self.label = label
    }

    private final class Held: Sendable {
        let counts = Mutex<[Client: Int]>([:])
    }

    func take<Answer: Sendable>(
        _ request: Request, _ context: ServerContext, _ look: @escaping @Sendable ([UInt8]) throws -> Answer
    ) async throws -> Answer {
        let client = clients.of(request, context)
        if let delay = limiter.delay(for: client, now: MonotonicClock.seconds) {
            throw Problem.tooManyRequests(after: delay)
        }
        let isAdmitted = held.counts.withLock { held in
            guard held.values.reduce(0, +) < Self.maximumHeld, held[client] ?? 0 < Self.maximumOfClient else {
                return false
            }
            held[client, default: 0] += 1
            return true
        }
        guard isAdmitted else { throw Problem.busy }
        defer { held.counts.withLock { held in held[client] = held[client].flatMap { $0 > 1 ? $0 - 1 : nil } } }
        let bytes = try await bodies.bytes(of: request, upTo: maximumByteCount)
        return try await OwnThread.run(label) { try look(bytes) }
    }
}
