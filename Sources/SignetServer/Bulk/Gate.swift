import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import Signing
import Synchronization

/// Who asks: the holder of a key (RFC 6750), or a stranger known by network address.
enum Asker: Sendable {
    case key(APIKey)
    case stranger(Client)

    private static let keyPrefix = "key "

    static func isKey(named name: String) -> Bool { name.hasPrefix(keyPrefix) }

    /// By which what somebody owns is told apart.
    var name: String {
        switch self {
        case .key(let key): Self.keyPrefix + key.id
        case .stranger(let client): "address \(client)"
        }
    }
}

/// Lets askers in, and limits how often.
struct Gate: Sendable {
    let keys: (any APIKeySource)?
    let clients: ClientAddress

    private let strangers = ClientLimiter(perMinute: 6, burst: 6)
    private let pollers = ClientLimiter(perMinute: 300, burst: 100)
    private let keyPollers = RateLimiter(perMinute: 300, burst: 100)
    private let holders = KeyLimiter()

    init(keys: (any APIKeySource)?, clients: ClientAddress) {
        self.keys = keys
        self.clients = clients
    }

    func asker(_ request: Request, _ context: ServerContext) async throws -> Asker {
        guard request.headers.contains(.authorization) else { return .stranger(clients.of(request, context)) }
        guard let token = request.bearerToken,
            // Found by its digest, so that the time tells nothing of the key.
            let key = try await keys?.key(digest: SHA256.digest(token.utf8))
        else {
            // Guesses are counted, too.
            try admit(.stranger(clients.of(request, context)))
            throw Problem.invalidKey
        }
        return .key(key)
    }

    /// Counts a request that makes work.
    func admit(_ asker: Asker) throws {
        let now = MonotonicClock.seconds
        let delay =
            switch asker {
            case .key(let key): holders.delay(for: key, now: now)
            case .stranger(let client): strangers.delay(for: client, now: now)
            }
        if let delay { throw Problem.tooManyRequests(after: delay) }
    }

    /// Counts a look at what is there.
    func admitLook(_ asker: Asker) throws {
        let now = MonotonicClock.seconds
        let delay =
            switch asker {
            case .key(let key): keyPollers.delay(for: key.id, now: now)
            case .stranger(let client): pollers.delay(for: client, now: now)
            }
        if let delay { throw Problem.tooManyRequests(after: delay) }
    }
}

/// As ``RateLimiter``, with a limit for each key. There are only as many as were given out.
private final class KeyLimiter: Sendable {
    private let used = Mutex<[String: Double]>([:])

    func delay(for key: APIKey, now: Double) -> Int? {
        let interval = 60 / Double(key.perMinute)
        return used.withLock { used in
            let until = max(used[key.id] ?? 0, now) + interval
            // A minute's allowance may be used at once.
            guard until - now <= 60 + interval else { return Int((until - now - 60).rounded(.up)) }
            used[key.id] = until
            return nil
        }
    }
}
