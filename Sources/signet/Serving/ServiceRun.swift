import Errors
import Glibc
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// A server's run until it is told to end.
enum ServiceRun {
    /// For the answers under way; whoever is still being answered then has taken too long.
    private static let longestEnd = Duration.seconds(30)

    /// - Parameter others: what the process does beside answering.
    static func untilTold(
        _ service: some Service, beside others: [any Service] = [], on address: String, port: Int, logger: Logger
    ) async throws {
        do {
            try await untilTold(others + [service], logger: logger)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Refusal(
                .unavailable, zh: "\(address) 的端口 \(port) 已被占用；请用 --port 另给一个",
                en: "port \(port) of \(address) is taken; give another with --port")
        } catch let error as IOError {
            throw Refusal(
                .unavailable, zh: "无法在 \(address):\(port) 监听：\(error)",
                en: "cannot listen on \(address):\(port): \(error)")
        }
    }

    static func untilTold(_ services: [any Service], logger: Logger) async throws {
        // A terminal that goes away ends nothing.
        signal(SIGHUP, SIG_IGN)
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = longestEnd
        try await ServiceGroup(configuration: group).run()
    }
}
