import Encodings

/// A day of the proleptic Gregorian calendar, without a time zone.
///
/// Certificates carry days, not instants: the day printed on paper is the day that counts.
package struct CalendarDate: Hashable, Sendable, Comparable {
    /// Days since 1970-01-01.
    package let daysSinceEpoch: Int

    package init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Nil when the day does not exist, such as 2023-02-29.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, of: year)
        else { return nil }
        daysSinceEpoch = GregorianCalendar.days(year: year, month: month, day: day)
    }

    /// Reads exactly `YYYY-MM-DD`.
    package init?(iso8601 text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var components: (year: Int, month: Int, day: Int) { GregorianCalendar.date(ofDay: daysSinceEpoch) }

    package var year: Int { components.year }
    /// 1…12.
    package var month: Int { components.month }
    /// 1…31.
    package var day: Int { components.day }

    package static func < (a: Self, b: Self) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String {
        let (year, month, day) = components
        // Only a seal that somebody made up has such a year.
        guard (0...9999).contains(year) else { return "\(year)-\(month)-\(day)" }
        return String(unsafeUninitializedCapacity: 10) { text in
            let digits = [year / 1000, year / 100, year / 10, year, -1, month / 10, month, -1, day / 10, day]
            for (position, digit) in digits.enumerated() {
                text[position] = digit < 0 ? UInt8(ascii: "-") : UInt8(ascii: "0") + UInt8(digit % 10)
            }
            return digits.count
        }
    }
}
