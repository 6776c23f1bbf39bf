/// Seconds on the clock that never goes back; only differences mean anything.
enum MonotonicClock {
    private static let start = ContinuousClock.now

    static var seconds: Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }
}
