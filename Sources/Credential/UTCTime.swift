/// Instants as people read them.
package enum UTCTime {
    /// Such as `2026-06-24 08:00:00 UTC`.
    package static func text(_ seconds: Int) -> String {
        let day = CalendarDate(daysSinceEpoch: seconds / 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = seconds % 86_400
        return "\(day) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) UTC"
    }
}
