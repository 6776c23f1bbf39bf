import NIOCore
import NIOHTTPTypes
import Synchronization

/// Connections open now, by network.
package final class ConnectionCounter: Sendable {
    private let most: Int
    private let trustedProxies: Set<IPAddress>
    private let counts = Mutex<[String: Int]>([:])

    /// - Parameter trustedProxies: each brings the connections of many, and is not counted.
    package init(most: Int, trustedProxies: Set<IPAddress>) {
        self.most = most
        self.trustedProxies = trustedProxies
    }

    /// - Returns: the network to be given back; nil when it has too many already.
    fileprivate func enter(_ address: IPAddress) -> String? {
        if trustedProxies.contains(address) { return "" }
        let network = Client.address(address).description
        return counts.withLock { counts in
            guard counts[network] ?? 0 < most else { return nil }
            counts[network, default: 0] += 1
            return network
        }
    }

    fileprivate func leave(_ network: String) {
        counts.withLock { counts in
            let left = (counts[network] ?? 0) - 1
            counts[network] = left > 0 ? left : nil
        }
    }
}

/// Closes a connection at once when its client has too many.
package final class ConnectionPlace: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart

    private let counter: ConnectionCounter
    private var network: String?

    package init(_ counter: ConnectionCounter) { self.counter = counter }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        enter(context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if let network { counter.leave(network) }
        network = nil
        context.fireChannelInactive()
    }

    private func enter(_ context: ChannelHandlerContext) {
        guard network == nil, let address = context.remoteAddress?.ipAddress.flatMap(IPAddress.init) else { return }
        network = counter.enter(address)
        if network == nil { context.close(promise: nil) }
    }
}
