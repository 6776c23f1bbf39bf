import Credential

/// How an institution writes days in its sheets.
enum DateStyle: Sendable {
    case iso8601, slashes, chinese

    func text(of date: CalendarDate) -> String {
        let (year, month, day) = date.components
        return switch self {
        case .iso8601: date.description
        case .slashes: "\(year)/\(month)/\(day)"
        case .chinese: "\(year)年\(month)月\(day)日"
        }
    }
}

extension CalendarDate {
    /// - Parameter day: 1…28, which every month has.
    static func sample(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
        // Callers pass years of this century, months 1…12 and days 1…28: such a day exists.
        CalendarDate(year: year, month: month, day: day)!
    }
}
