/// Seconds on the clock that never goes back; only differences mean anything.
package enum MonotonicClock {
    private static let start = ContinuousClock.now

    package static var seconds: Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }
}
