import Credential
import Spreadsheets

/// results.md, 37–40: exam dates.
enum DateRule {
    /// - Returns: nil after a finding when it cannot be read or lies after `today`.
    static func read(_ cell: RawCell, today: CalendarDate, _ findings: inout RowFindings) -> CalendarDate? {
        cell.withText(.code) { text in
            if text.isEmpty {
                findings.add(.missingValue, .examDate)
                return nil
            }
            if cell.kind == .number, let date = day(ofSerial: text.string, findings.layout) {
                findings.add(.dateFromSerial, .examDate, text)
                return check(date, today: today, &findings)
            }
            switch parse(text.string) {
            case .problem(let rule):
                findings.add(rule, .examDate, text)
                return nil
            case .date(let date, let isCanonical):
                if !isCanonical || !text.mending.isEmpty { findings.add(.dateMended, .examDate, text) }
                return check(date, today: today, &findings)
            }
        }
    }

    private static func check(
        _ date: CalendarDate, today: CalendarDate, _ findings: inout RowFindings
    ) -> CalendarDate? {
        guard date <= today else {
            findings.add(.examInFuture, .examDate)
            return nil
        }
        // What programs make of zero and of nothing: 1899, 1900, 1904, 1970.
        guard date.components.year >= 1990 else {
            findings.add(.dateMadeUp, .examDate)
            return nil
        }
        return date
    }

    /// results.md, 38: of a number cell without a date's format, by the workbook's own system.
    private static func day(ofSerial text: String, _ layout: SheetLayout) -> CalendarDate? {
        guard case .typed(let system) = layout.form, text.utf8.count == 5, let serial = Int(text) else { return nil }
        return system.day(serial)
    }

    private enum Parsed {
        case date(CalendarDate, isCanonical: Bool)
        case problem(Rule)
    }

    private static func parse(_ text: String) -> Parsed {
        if let date = CalendarDate(iso8601: text) { return .date(date, isCanonical: true) }
        if hasConvertedTime(text) { return .problem(.dateMadeUp) }
        let day = withoutTime(text)
        var parts = numbers(in: day)
        if parts.count == 3, parts[2] == nil, day.hasSuffix("月") { parts.removeLast() }
        if parts.count == 2, let year = parts[0], let month = parts[1], year.utf8.count == 4, month.utf8.count <= 2 {
            return .problem(.dateWithoutDay)
        }
        if parts.count == 1, let digits = parts[0], day.utf8.count == digits.utf8.count { return parseDigits(digits) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let last = parts[2] else {
            return .problem(.dateUnreadable)
        }
        guard year.utf8.count == 4 else { return .problem(.dateAmbiguous) }
        return date(year, month, last)
    }

    /// `20240630`, or a spreadsheet's day count, whose epoch a CSV file does not tell.
    private static func parseDigits(_ digits: Substring) -> Parsed {
        switch digits.utf8.count {
        case 8: date(digits.prefix(4), digits.dropFirst(4).prefix(2), digits.suffix(2))
        case 5: .problem(.dateSerial)
        case 6: .problem(.dateAmbiguous)
        default: .problem(.dateUnreadable)
        }
    }

    private static func date(_ year: Substring, _ month: Substring, _ day: Substring) -> Parsed {
        guard month.utf8.count <= 2, day.utf8.count <= 2, let year = Int(year), let month = Int(month),
            let day = Int(day), let date = CalendarDate(year: year, month: month, day: day)
        else { return .problem(.dateUnreadable) }
        return .date(date, isCanonical: false)
    }

    /// The last minutes of a day, here or in Greenwich, are where programs that shift times leave the midnight of the
    /// next day: 23:59:17, 15:59:17.
    private static func hasConvertedTime(_ text: String) -> Bool {
        guard let start = text.firstIndex(where: { $0 == " " || $0 == "T" }) else { return false }
        let numbers = text[text.index(after: start)...].split(separator: ":").map { Int($0.prefix(2)) }
        guard numbers.count >= 2, let hour = numbers[0], let minute = numbers[1] else { return false }
        return hour == 23 && minute >= 50 || hour == 15 && minute >= 54
    }

    /// Spreadsheet programs append midnight to dates.
    private static func withoutTime(_ text: String) -> String {
        guard let end = text.firstIndex(where: { $0 == " " || $0 == "T" }) else { return text }
        let rest = text[text.index(after: end)...]
        let isTime = rest.contains(":") && rest.allSatisfy { "0123456789:.".contains($0) }
        return isTime ? String(text[..<end]) : text.filter { $0 != " " }
    }

    /// The runs of digits between `-`, `/`, `.`, `年`, `月` and an ending `日`; nil for an empty run.
    private static func numbers(in text: String) -> [Substring?] {
        var text = text[...]
        if let last = text.last, "日号".contains(last) { text.removeLast() }
        return text.split(omittingEmptySubsequences: false) { "-/.年月".contains($0) }.map { part in
            !part.isEmpty && part.utf8.allSatisfy { (Byte.zero...Byte.nine).contains($0) } ? part : nil
        }
    }
}
