import Synchronization

/// Limits how often each of any number of keys may act, in constant memory.
///
/// The generic cell rate algorithm: a slot holds the time up to which a key has used its allowance. Keys
/// share a table of fixed size by a hash seeded anew in each process; two that fall together share one
/// allowance, which nobody can bring about on purpose.
package final class RateLimiter: Sendable {
    private static let slotCount = 1 << 16
    private let interval: Double
    private let burst: Double
    private let slots = Mutex([Double](repeating: 0, count: slotCount))

    /// - Parameters:
    ///   - perMinute: how many acts a minute are allowed in the long run.
    ///   - burst: how many at once after a time of rest.
    package init(perMinute: Double, burst: Int) {
        interval = 60 / perMinute
        self.burst = Double(burst)
    }

    /// Nil when the act is allowed, and then counted; else the whole seconds to wait.
    ///
    /// - Parameter now: seconds on a clock that never goes back.
    package func delay(for key: String, now: Double) -> Int? {
        var hasher = Hasher()
        hasher.combine(key)
        // A remainder by the count is within the table.
        let slot = Int(UInt(bitPattern: hasher.finalize()) % UInt(Self.slotCount))
        return slots.withLock { slots in
            let used = max(slots[slot], now)
            let excess = used + interval - burst * interval - now
            guard excess <= 0 else { return Int(excess.rounded(.up)) }
            slots[slot] = used + interval
            return nil
        }
    }
}
