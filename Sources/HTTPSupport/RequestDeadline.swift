import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections whose requests do not arrive whole in time, however steadily their bytes trickle in. The idle
/// timeout alone would keep them open for ever.
package final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart

    /// For a request's head, from when one may come.
    private let head: TimeAmount
    /// From its head to its end.
    private let whole: TimeAmount
    /// When the connection is closed; nil while the server is at work.
    private var deadline: NIODeadline?
    /// Looks at the deadline, not later than that. Most go by unseen: a timer for each would cost every request.
    private var pending: (time: NIODeadline, look: Scheduled<Void>)?
    /// Requests that were begun and not yet answered.
    private var openCount = 0

    package init(head: TimeAmount, whole: TimeAmount) {
        self.head = head
        self.whole = whole
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { expect(within: head, context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        expect(within: head, context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        deadline = nil
        pending?.look.cancel()
        pending = nil
        context.fireChannelInactive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            openCount += 1
            expect(within: whole, context)
        case .body: break
        case .end: deadline = nil
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            openCount -= 1
            // The next request may be on its way already. Between requests a client may be silent for a while.
            if openCount == 0 { expect(within: head * 2, context) }
        }
        context.write(data, promise: promise)
    }

    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        let deadline = NIODeadline.now() + time
        self.deadline = deadline
        look(at: deadline, context)
    }

    private func look(at time: NIODeadline, _ context: ChannelHandlerContext) {
        if let pending {
            guard time < pending.time else { return }
            pending.look.cancel()
        }
        let look = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) {
            self.pending = nil
            guard let deadline = self.deadline else { return }
            if deadline <= .now() { context.close(promise: nil) } else { self.look(at: deadline, context) }
        }
        pending = (time, look)
    }
}
