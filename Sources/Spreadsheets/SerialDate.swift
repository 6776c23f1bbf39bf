import Credential

/// Days as spreadsheets count them.
package enum DateSystem: Codable, Hashable, Sendable {
    /// 1 is 1900-01-01, and 60 the day that never was, 1900-02-29.
    case from1900
    /// 0 is 1904-01-01.
    case from1904

    /// - Returns: nil for days before the system begins or after the year 9999.
    package func day(_ serial: Int) -> CalendarDate? {
        let daysSince1970: Int
        switch self {
        case .from1900:
            guard serial >= 1, serial != 60 else { return nil }
            daysSince1970 = serial - (serial < 60 ? 25_568 : 25_569)
        case .from1904:
            guard serial >= 0 else { return nil }
            daysSince1970 = serial - 24_107
        }
        guard daysSince1970 < 2_932_897 else { return nil }
        return CalendarDate(daysSinceEpoch: daysSince1970)
    }

    /// Such as `2026-06-20`, with the time of day when there is one.
    func text(of serial: Double) -> String? {
        guard serial >= 0, serial < 3_000_000 else { return nil }
        // bounded: less than three million days.
        let instant = Int((serial * 86_400).rounded())
        let seconds = instant % 86_400
        guard let day = day(instant / 86_400) else { return nil }
        guard seconds > 0 else { return day.description }
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day) \(parts.joined(separator: ":"))"
    }
}
