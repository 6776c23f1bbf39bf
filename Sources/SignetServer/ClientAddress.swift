import Glibc
import HTTPTypes
import Hummingbird
import NIOCore

/// The context of a request: also who is asking, by network address, to limit how often.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Of the connection; nil on a socket without one.
    let peer: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

/// Which address counts as the client's.
struct ClientAddress: Sendable {
    /// The proxy whose `X-Forwarded-For` is believed; nobody's, when nil.
    let trustedProxy: String?

    /// From a trusted proxy the last address that it added; everybody else could write anything there.
    func of(_ request: Request, _ context: ServerContext) -> String {
        let peer = context.peer ?? "unknown"
        guard let trustedProxy, peer == trustedProxy,
            let header = request.headers.last(where: { $0.name == .forwardedFor }),
            let last = header.value.utf8.split(separator: UInt8(ascii: ",")).last
        else { return Self.network(of: peer) }
        return Self.network(of: String(Substring(last.drop { $0 == UInt8(ascii: " ") })))
    }

    /// A household has a whole /64 of IPv6 addresses to ask from.
    private static func network(of address: String) -> String {
        var v6 = in6_addr()
        guard address.utf8.contains(UInt8(ascii: ":")), inet_pton(AF_INET6, address, &v6) == 1 else { return address }
        return withUnsafeBytes(of: v6) { bytes in bytes.prefix(8).map { String($0) }.joined(separator: ".") }
    }
}

extension HTTPField.Name {
    // A constant that is a valid header name.
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
