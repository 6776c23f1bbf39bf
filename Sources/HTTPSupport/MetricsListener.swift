import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// `/metrics` on a listener of its own, so that the public one never tells how much is going on.
package struct MetricsListener {
    private let application: any Service
    /// Yields the port once connections are accepted.
    package let ports: AsyncStream<Int>

    package init(_ listener: ListeningPlace, logger: Logger, exposition: @escaping @Sendable () -> String) {
        let router = Router()
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: exposition())))
        }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        self.ports = ports
        application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(listener.address, port: listener.port)),
            onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? listener.port) },
            logger: logger)
    }

    package var service: any Service { application }
}

package struct ListeningPlace: Sendable {
    package let address: String
    package let port: Int

    package init(address: String, port: Int) { (self.address, self.port) = (address, port) }
}
