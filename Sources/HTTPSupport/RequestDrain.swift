import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Takes what still comes of a request that is answered already. The server reads no further once it has closed its side
/// of a connection; a client that first sends and then reads would stand there until the deadline, and lose the answer
/// (RFC 9112, section 9.6). ``RequestDeadline`` bounds how long.
package final class RequestDrain: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias OutboundIn = Never

    private var isWhole = true
    private var isDraining = false

    package init() {}

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isWhole = false
        case .body: break
        case .end: isWhole = true
        }
        if !isDraining { context.fireChannelRead(data) }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        // Nobody behind this handler asks for more.
        if isDraining { context.read() } else { context.fireChannelReadComplete() }
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        context.close(mode: mode, promise: promise)
        guard mode == .output, !isWhole else { return }
        isDraining = true
        context.read()
    }
}
