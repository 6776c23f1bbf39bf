import Logging
import ServiceLifecycle
import SignetServer
import Store
import StoreSQLite
import Verification

/// Checks the signatures of the newest certificates before anybody asks about them: that takes several times as long
/// as all the rest of an answer.
struct CheckingAhead: Service {
    let store: SQLiteStore
    let lookup: StoreLookup
    let logger: Logger

    /// Half of what is remembered; the other half is for what people ask about.
    private static let limit = CheckedSignatures.usualCapacity / 2
    private static let pageSize = 256

    func run() async throws {
        await withTaskExecutorPreference(QueueExecutor("checking ahead")) {
            var done: Set<BatchID> = []
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                do {
                    let batches = try await store.read { try $0.batches() }
                    for batch in batches.reversed() where batch.completedAt != nil && !done.contains(batch.id) {
                        try await check(batch.id)
                        done.insert(batch.id)
                    }
                } catch is CancellationError {
                } catch {
                    logger.warning("signatures are checked only when asked about: \(error)")
                }
                await rest(for: .seconds(10))
            }
        }
    }

    private func check(_ batch: BatchID) async throws {
        let clock = ContinuousClock()
        var last: VersionKey?
        while lookup.checked.count < Self.limit, !Task.isShuttingDownGracefully, !Task.isCancelled {
            let after = last
            let page = try await store.read { try $0.sealedVersions(of: batch, after: after, limit: Self.pageSize) }
            guard let end = page.last else { return }
            let took = try clock.measure { try lookup.checkAhead(page) }
            last = end.key
            // Half of one core at most: others are being answered.
            await rest(for: took)
        }
    }

    private func rest(for time: Duration) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: time) }
    }
}
