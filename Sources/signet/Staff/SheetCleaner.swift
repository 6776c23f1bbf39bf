import Credential
import Logging
import ServiceLifecycle
import Store

/// Forgets the files of sheets some time after they were issued or withdrawn: certificates and records stay.
struct SheetCleaner: Service {
    /// Days for which a file is kept.
    private static let days = 90
    private static let pauseSeconds = 3600

    let store: any Store
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.write { try $0.removeFiles(endedBy: Clock.now() - Self.days * 86_400) }
                } catch { logger.error("old files of sheets: \(error)") }
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }
}
