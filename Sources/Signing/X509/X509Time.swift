import Encodings

/// Instants in whole seconds of UTC in digits, as certificates, CMS and PDF write them.
package enum X509Time {
    /// UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5).
    ///
    /// - Parameter time: seconds since 1970, not negative.
    static func der(_ time: Int) -> [UInt8] {
        let digits = Array(digits(time).utf8) + [UInt8(ascii: "Z")]
        return digits.starts(with: Array("20".utf8)) && digits[2] < UInt8(ascii: "5")
            || digits.starts(with: Array("19".utf8))
            ? DER.element(DER.Tag.utcTime, digits.dropFirst(2)) : DER.element(DER.Tag.generalizedTime, digits)
    }

    static func read(_ element: DERReader.Element) throws(FormatError) -> Int {
        var content = element.content
        guard content.popLast() == UInt8(ascii: "Z") else { throw DERReader.malformed }
        let seconds =
            switch element.tag {
            case DER.Tag.utcTime where content.count == 12:
                seconds(digits: Array((content.first ?? 0 < UInt8(ascii: "5") ? "20" : "19").utf8) + content)
            case DER.Tag.generalizedTime: seconds(digits: content)
            default: Int?.none
            }
        guard let seconds else { throw DERReader.malformed }
        return seconds
    }

    /// A GeneralizedTime that may have a fraction of a second (RFC 3161 §2.4.2), which is left out.
    package static func read(timestamp element: DERReader.Element) throws(FormatError) -> Int {
        let rest = element.content.dropFirst(14)
        guard rest.last == UInt8(ascii: "Z"), rest.count == 1 || rest.first == UInt8(ascii: "."),
            let seconds = seconds(digits: element.content.prefix(14))
        else { throw DERReader.malformed }
        return seconds
    }

    /// `YYYYMMDDhhmmss`.
    package static func digits(_ time: Int) -> String {
        let (year, month, day) = GregorianCalendar.date(ofDay: time / 86_400)
        let parts = [year / 100, year % 100, month, day, time / 3600 % 24, time / 60 % 60, time % 60]
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }

    /// Nil unless these are the 14 digits of ``digits(_:)`` for a possible instant.
    package static func seconds(digits: some Collection<UInt8>) -> Int? {
        guard digits.count == 14, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let numbers = digits.map { Int($0 - 0x30) }
        let pairs = stride(from: 0, to: 14, by: 2).map { numbers[$0] * 10 + numbers[$0 + 1] }
        guard (1...12).contains(pairs[2]), (1...31).contains(pairs[3]), pairs[4] < 24, pairs[5] < 60, pairs[6] < 60
        else { return nil }
        let days = GregorianCalendar.days(year: pairs[0] * 100 + pairs[1], month: pairs[2], day: pairs[3])
        return days * 86_400 + pairs[4] * 3600 + pairs[5] * 60 + pairs[6]
    }
}
