import Credential
import HTTPSupport
import Logging
import Lookup
import ServiceLifecycle
import Store
import Verification

/// Checks the signatures of the newest certificates before anybody asks about them: that takes several times as long
/// as all the rest of an answer.
package struct CheckingAhead: Service {
    package let lookup: NumberLookup
    package let logger: Logger

    package init(lookup: NumberLookup, logger: Logger) {
        (self.lookup, self.logger) = (lookup, logger)
    }

    /// How many at the start: half of what is remembered. Batches that are issued later push out what came first.
    private static let limit = CheckedSignatures.usualCapacity / 2
    private static let pageSize = 256

    package func run() async throws {
        await withTaskExecutorPreference(QueueExecutor("checking ahead")) {
            var done: Set<BatchID> = []
            while !isEnding {
                var left = Self.limit
                do {
                    let batches = try await lookup.store.read { try $0.batches() }
                    for batch in batches.reversed() where batch.completedAt != nil && !done.contains(batch.id) {
                        try await check(batch.id, atMost: &left)
                        done.insert(batch.id)
                    }
                } catch {
                    // A read that the end interrupted is nothing to tell of.
                    if isEnding { return }
                    logger.warning("signatures are checked only when asked about: \(error)")
                }
                await rest(for: .seconds(10))
            }
        }
    }

    private var isEnding: Bool { Task.isShuttingDownGracefully || Task.isCancelled }

    private func check(_ batch: BatchID, atMost left: inout Int) async throws {
        let clock = ContinuousClock()
        var last: VersionKey?
        while left > 0, !isEnding {
            let after = last
            let page = try await lookup.store.read {
                try $0.sealedVersions(of: batch, after: after, limit: Self.pageSize)
            }
            guard let end = page.last else { return }
            let took = try clock.measure { try lookup.checkAhead(page) }
            last = end.key
            left -= page.count
            // Half of one core at most: others are being answered.
            await rest(for: took)
        }
    }

    private func rest(for time: Duration) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: time) }
    }
}
