/// Instants, which are seconds since 1970 everywhere, as people and other programs read them.
package enum UTCTime {
    /// Such as `2026-06-24 08:00:00 UTC`.
    package static func text(_ seconds: Int) -> String {
        let (day, clock) = parts(seconds)
        return "\(day) \(clock) UTC"
    }

    /// Such as `2026-06-24T08:00:00Z` (RFC 3339).
    package static func rfc3339(_ seconds: Int) -> String {
        let (day, clock) = parts(seconds)
        return "\(day)T\(clock)Z"
    }

    /// Seconds since 1970 of what ``rfc3339(_:)`` writes; a day alone is when it begins.
    package static func seconds(rfc3339 text: String) -> Int? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard let day = parts.first.flatMap({ CalendarDate(iso8601: $0) }) else { return nil }
        let start = day.daysSinceEpoch * 86_400
        if parts.count == 1 { return start }
        guard parts.count == 2, parts[1].hasSuffix("Z") else { return nil }
        let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false).map {
            $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) ?? -1 : -1
        }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0..<60).contains(clock[2])
        else { return nil }
        return start + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    private static func parts(_ seconds: Int) -> (day: CalendarDate, clock: String) {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = seconds % 86_400
        return (
            CalendarDate(daysSinceEpoch: seconds / 86_400),
            "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        )
    }
}
