import Errors
import Files
import Glibc
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle
import Signing

/// The signer's only listener: a socket in the file system, for this machine. One line asks, one line answers.
struct SignerSocket: Service {
    private static let longestLine = 4096
    private static let patience = TimeAmount.seconds(10)

    /// What somebody may ask for. The raw values go over the socket; a passphrase follows `unlock`.
    enum Request: String { case poke, state, lock, unlock }

    private let path: String
    /// Users besides the signer's own and root, who may poke and ask how it stands.
    private let peers: Set<uid_t>
    private let answer: @Sendable (Request, Passphrase?) async -> String
    private let logger: Logger

    init(
        at path: String, peers: Set<uid_t>, logger: Logger,
        answer: @escaping @Sendable (Request, Passphrase?) async -> String
    ) {
        (self.path, self.peers, self.logger, self.answer) = (path, peers, logger, answer)
    }

    func run() async throws {
        // Nobody but its user and group reaches it from its first moment on.
        let mask = umask(0o117)
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(IdleStateHandler(allTimeout: Self.patience))
                    try pipeline.addHandler(CloseWhenIdle())
                    try pipeline.addHandler(
                        ByteToMessageHandler(LineBasedFrameDecoder(), maximumBufferSize: Self.longestLine))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        umask(mask)
        defer { unlink(path) }
        do {
            try await cancelWhenGracefulShutdown {
                try await withThrowingDiscardingTaskGroup { group in
                    try await server.executeThenClose { clients in
                        for try await client in clients { group.addTask { await serve(client) } }
                    }
                }
            }
        } catch is CancellationError {
            // Told to end.
        }
    }

    private func serve(_ client: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        do {
            let peer = try await Self.user(of: client.channel)
            try await client.executeThenClose { lines, output in
                for try await line in lines {
                    let text = await answer(to: line, from: peer)
                    try await output.write(ByteBuffer(string: text + "\n"))
                    return
                }
            }
        } catch { logger.debug("the signer's socket: \(error)") }
    }

    private func answer(to line: ByteBuffer, from peer: uid_t) async -> String {
        let isOwn = peer == geteuid() || peer == 0
        guard isOwn || peers.contains(peer) else { return "refused" }
        var bytes = Array(line.readableBytesView)
        let word = String(decoding: bytes.prefix { $0 != 0x20 }, as: UTF8.self)
        guard let request = Request(rawValue: word) else { return "unknown" }
        guard isOwn || request == .poke || request == .state else { return "refused" }
        guard request == .unlock else { return await answer(request, nil) }
        bytes.removeFirst(min(bytes.count, word.utf8.count + 1))
        return await answer(request, Passphrase(wiping: &bytes))
    }

    /// `struct ucred` (unix(7)), which the C library shows to GNU programs alone.
    private struct PeerCredentials {
        var pid: pid_t = 0
        var uid: uid_t = 0
        var gid: gid_t = 0
    }

    /// Whose process asks, as the kernel says.
    private static func user(of channel: any Channel) async throws -> uid_t {
        guard let provider = channel as? any SocketOptionProvider else { throw ChannelError.operationUnsupported }
        let peer: PeerCredentials = try await provider.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return peer.uid
    }
}

private final class CloseWhenIdle: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    }
}

/// Asks a signer that runs on this machine.
enum SignerClient {
    /// - Parameter passphrase: with `unlock`.
    /// - Returns: nil when no signer runs there.
    static func ask(
        _ request: SignerSocket.Request, _ passphrase: Passphrase? = nil, at path: String
    ) async throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let client: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            client = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(LineBasedFrameDecoder()))
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch { return nil }
        var line = ByteBuffer(string: request.rawValue)
        passphrase?.withBytes { bytes in
            line.writeString(" ")
            // All but the zero that ends it.
            line.writeBytes(bytes.prefix { $0 != 0 })
        }
        line.writeString("\n")
        return try await client.executeThenClose { lines, output in
            try await output.write(line)
            for try await answer in lines { return String(buffer: answer) }
            return nil
        }
    }
}
