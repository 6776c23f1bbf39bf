import HTTPTypes
import Hummingbird
import NIOCore

/// The context of a request: also who is asking, by network address, to limit how often.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let remote: SocketAddress?
    /// Of the connection.
    package let eventLoop: any EventLoop

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        eventLoop = source.channel.eventLoop
        remote = source.channel.remoteAddress
    }

    /// Of the connection; nil on a socket without one.
    package var peer: IPAddress? { remote?.ipAddress.flatMap(IPAddress.init) }
}

/// Who asks, as far as the network tells.
package enum Client: Hashable, Sendable, CustomStringConvertible {
    case address(IPAddress)
    /// All whose address a trusted proxy does not give, or not as one: they share one allowance.
    case unknown

    /// By which what a stranger owns is told apart: a household has a whole /64 of IPv6 addresses.
    package var description: String {
        switch self {
        case .address(let address): address.network(64).description
        case .unknown: "unknown"
        }
    }
}

/// Which address counts as the client's.
package struct ClientAddress: Sendable {
    /// Proxies whose `X-Forwarded-For` is believed; nobody's, when empty.
    package let trustedProxies: Set<IPAddress>

    package init(trustedProxies: Set<IPAddress>) {
        self.trustedProxies = trustedProxies
    }

    /// From trusted proxies the last address that is not one of theirs; everybody else could write anything there.
    package func of(_ request: Request, _ context: ServerContext) -> Client {
        guard let peer = context.peer else { return .unknown }
        guard trustedProxies.contains(peer) else { return .address(peer) }
        for field in request.headers.reversed() where field.name == .forwardedFor {
            for part in field.value.utf8.split(separator: UInt8(ascii: ",")).reversed() {
                guard let address = IPAddress(forwarded: Substring(part)) else { return .unknown }
                if !trustedProxies.contains(address) { return .address(address) }
            }
        }
        return .unknown
    }
}

/// How often each client may act. A network of IPv6 addresses has an allowance that grows with it, so that whoever has
/// many networks has no more than a few times one household's.
package struct ClientLimiter: Sendable {
    /// Networks of these lengths, each with as many times the allowance; IPv4 has the first alone.
    private static let steps = [(bits: 64, times: 1), (bits: 56, times: 4), (bits: 48, times: 16)]

    private let limiters: [RateLimiter]

    package init(perMinute: Double, burst: Int) {
        limiters = Self.steps.map { RateLimiter(perMinute: perMinute * Double($0.times), burst: burst * $0.times) }
    }

    /// As ``RateLimiter/delay(for:now:isCounted:)``.
    package func delay(for client: Client, now: Double, isCounted: Bool = true) -> Int? {
        guard case .address(let address) = client, address.isIPv6 else {
            return limiters[0].delay(for: client, now: now, isCounted: isCounted)
        }
        for (limiter, step) in zip(limiters, Self.steps) {
            let network = address.network(step.bits)
            if let delay = limiter.delay(for: network, now: now, isCounted: isCounted) { return delay }
        }
        return nil
    }
}

extension HTTPField.Name {
    // A constant that is a valid header name.
    package static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
