import Glibc

package enum Clock {
    /// Seconds since 1970.
    package static func now() -> Int { time(nil) }

    /// When a day begins in the zone that this machine is set to, in seconds since 1970.
    package static func start(of day: CalendarDate) -> Int {
        let (year, month, date) = day.components
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(date))
        parts.tm_isdst = -1
        return mktime(&parts)
    }

    /// The day in the zone that this machine is set to.
    package static func today() -> CalendarDate {
        var instant = time(nil)
        var parts = tm()
        localtime_r(&instant, &parts)
        return CalendarDate(daysSinceEpoch: (Int(instant) + parts.tm_gmtoff) / 86_400)
    }

    /// Such as `2026-07-10 15:04`, in the zone that this machine is set to: the authority's.
    ///
    /// - Parameter instant: seconds since 1970.
    package static func text(_ instant: Int) -> String {
        var (instant, parts) = (time_t(instant), tm())
        localtime_r(&instant, &parts)
        let local = Int(instant) + parts.tm_gmtoff
        let clock = [parts.tm_hour, parts.tm_min].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(CalendarDate(daysSinceEpoch: local / 86_400)) " + clock.joined(separator: ":")
    }
}
