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
}
