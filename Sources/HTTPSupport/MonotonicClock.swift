/// Seconds on the clock that never goes back; only differences mean anything.
package enum MonotonicClock {
    private static let start = ContinuousClock.now

    package static var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
