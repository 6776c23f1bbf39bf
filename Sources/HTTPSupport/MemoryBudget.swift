import Synchronization

/// How many bytes all requests and answers of many bytes may hold at once, however many connections there are.
package final class MemoryBudget: Sendable {
    /// Below this a body or an answer does not count: their number is bounded by that of connections.
    package static let smallByteCount = 16 << 10

    private let byteCount: Int
    private let used = Mutex(0)

    package init(byteCount: Int) { self.byteCount = byteCount }

    package var exposition: String {
        """
        # HELP signet_held_bytes Bytes that large requests and answers under way hold.
        # TYPE signet_held_bytes gauge
        signet_held_bytes \(used.withLock { $0 })

        """
    }

    package func lease() -> Lease { Lease(self) }

    /// Given back when the last reference goes.
    package final class Lease: Sendable {
        private let budget: MemoryBudget
        private let held = Mutex(0)

        fileprivate init(_ budget: MemoryBudget) { self.budget = budget }

        deinit {
            let held = held.withLock { $0 }
            budget.used.withLock { $0 -= held }
        }

        /// False when there is no room for so many bytes in all; what was held before is kept.
        package func grow(to byteCount: Int) -> Bool {
            guard byteCount > MemoryBudget.smallByteCount else { return true }
            return held.withLock { held in
                let more = byteCount - held
                guard more > 0 else { return true }
                let fits = budget.used.withLock { used in
                    guard used + more <= budget.byteCount else { return false }
                    used += more
                    return true
                }
                if fits { held = byteCount }
                return fits
            }
        }
    }
}
