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

    /// What is written at once, so that progress is seen: less than the least rate allows in an interval.
    private static let pieceByteCount = 8 << 10
    /// What the system may hold for a connection, beyond what it doubles itself.
    private static let systemByteCount = 128 << 10

    private let limits: Limits
    private var unsentByteCount = 0
    private var sentByteCount = 0
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
        switch unwrapOutboundIn(data) {
        case .head:
            waitedSeconds = 0
            context.write(data, promise: promise)
        case .body(var bytes):
            while bytes.readableBytes > Self.pieceByteCount, let piece = bytes.readSlice(length: Self.pieceByteCount) {
                write(piece, promise: nil, context)
            }
            write(bytes, promise: promise, context)
        case .end: context.write(data, promise: promise)
        }
    }

    package func flush(context: ChannelHandlerContext) {
        context.flush()
        if unsentByteCount > 0 { watch(context) }
    }

    private func write(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        let promise = promise ?? context.eventLoop.makePromise()
        let count = bytes.readableBytes
        unsentByteCount += count
        // On this event loop, as all of a channel is.
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.unsentByteCount -= count
            self.sentByteCount += count
        }
        context.write(wrapOutboundOut(.body(bytes)), promise: promise)
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard pending == nil else { return }
        sentByteCount = 0
        pending = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(limits.interval * 1000))) {
            self.pending = nil
            guard self.unsentByteCount > 0 else { return }
            self.waitedSeconds += self.limits.interval
            let isSlow = Double(self.sentByteCount) < Double(self.limits.leastRate) * self.limits.interval
            if isSlow || self.waitedSeconds >= self.limits.longest {
                Self.reset(context)
            } else {
                self.watch(context)
            }
        }
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
