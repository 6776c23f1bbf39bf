import Synchronization

/// Limits how often each of any number of keys may act, in constant memory.
///
/// The generic cell rate algorithm: a slot holds the time up to which a key has used its allowance. Keys
/// share a table of fixed size by a hash seeded anew in each process; two that fall together share one
/// allowance, which nobody can bring about on purpose.
package final class RateLimiter: Sendable {
    private let interval: Double
    private let burst: Double
    private let slots: Mutex<[Double]>

    /// - Parameters:
    ///   - perMinute: how many acts a minute are allowed in the long run.
    ///   - burst: how many at once after a time of rest.
    ///   - slotCount: size of the table, 8 bytes each; as many keys as this may act at their rate together.
    package init(perMinute: Double, burst: Int, slotCount: Int = 1 << 16) {
        slots = Mutex([Double](repeating: 0, count: slotCount))
        interval = 60 / perMinute
        self.burst = Double(burst)
    }

    /// Nil when the act is allowed, and then counted; else the whole seconds to wait.
    ///
    /// - Parameters:
    ///   - now: seconds on a clock that never goes back.
    ///   - isCounted: false only looks.
    package func delay(for key: some Hashable, now: Double, isCounted: Bool = true) -> Int? {
        var hasher = Hasher()
        hasher.combine(key)
        let hash = UInt(bitPattern: hasher.finalize())
        return slots.withLock { slots in
            // A remainder by the count is within the table.
            let slot = Int(hash % UInt(slots.count))
            let used = max(slots[slot], now)
            let excess = used + interval - burst * interval - now
            guard excess <= 0 else { return Int(excess.rounded(.up)) }
            if isCounted { slots[slot] = used + interval }
            return nil
        }
    }
}
