import Glibc
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections whose answers are not taken: each answer at a least rate, and all of it in a longest time. Time in
/// which the server itself has nothing to send does not count.
package final class AnswerDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    package struct Limits: Sendable {
        /// Bytes a second.
        package let leastRate: Int
        /// Seconds over which the rate is taken.
        package let interval: Double
        /// Seconds that a client may keep the server waiting in one answer.
        package let longest: Double

        package init(leastRate: Int = 1024, interval: Double = 20, longest: Double = 3600) {
            (self.leastRate, self.interval, self.longest) = (leastRate, interval, longest)
        }
    }

    /// What the system may hold for a connection, beyond what it doubles itself.
    private static let systemByteCount = 128 << 10

    private let limits: Limits
    private var unsentByteCount = 0
    /// Bytes that went on since the interval began, while there is one.
    private var writtenByteCount = 0
    private var waitedSeconds = 0.0
    private var pending: Scheduled<Void>?

    package init(_ limits: Limits) { self.limits = limits }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { bound(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        bound(context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        pending?.cancel()
        pending = nil
        context.fireChannelInactive()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let held = pending == nil ? 0 : Self.heldByteCount(context)
        switch unwrapOutboundIn(data) {
        case .head:
            waitedSeconds = 0
            context.write(data, promise: promise)
        case .body(let bytes): write(bytes, data, promise: promise, context)
        case .end: context.write(data, promise: promise)
        }
        if pending != nil { writtenByteCount += Self.heldByteCount(context) - held }
    }

    package func flush(context: ChannelHandlerContext) {
        context.flush()
        if unsentByteCount > 0 { watch(context) }
    }

    private func write(
        _ bytes: ByteBuffer, _ data: NIOAny, promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) {
        let promise = promise ?? context.eventLoop.makePromise()
        let count = bytes.readableBytes
        unsentByteCount += count
        // On this event loop, as all of a channel is.
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.unsentByteCount -= count
        }
        context.write(data, promise: promise)
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard pending == nil else { return }
        writtenByteCount = 0
        let heldByteCount = Self.heldByteCount(context)
        pending = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(limits.interval * 1000))) {
            self.pending = nil
            guard self.unsentByteCount > 0 else { return }
            self.waitedSeconds += self.limits.interval
            let sentByteCount = heldByteCount + self.writtenByteCount - Self.heldByteCount(context)
            let isSlow = Double(sentByteCount) < Double(self.limits.leastRate) * self.limits.interval
            if isSlow || self.waitedSeconds >= self.limits.longest {
                Self.reset(context)
            } else {
                self.watch(context)
            }
        }
    }

    /// Bytes that the system has not taken yet.
    private static func heldByteCount(_ context: ChannelHandlerContext) -> Int {
        // A channel that is no socket takes all at once.
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// What the system still holds for the client goes, too: closed in peace, it would wait for hours to be taken.
    private static func reset(_ context: ChannelHandlerContext) {
        let channel = context.channel
        guard let socket = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    }

    private func bound(_ context: ChannelHandlerContext) {
        context.channel.setOption(.socketOption(.so_sndbuf), value: Self.systemByteCount).whenFailure { _ in
            // A channel that is no socket has no such buffer.
        }
    }
}
