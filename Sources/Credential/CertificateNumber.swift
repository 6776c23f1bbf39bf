import Errors

/// What is printed as 证书编号. Everywhere but in its scheme the number is an opaque string.
package struct CertificateNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}

/// How an institution forms its certificate numbers. Chosen per institution, as a value.
package struct NumberScheme: Hashable, Sendable {
    /// Positions 1–13, assigned to the institution: its kind, filing place, province, serial.
    package let institutionPrefix: String
    package static let serialRange = 1...999_999

    package enum Problem: Explained, Equatable {
        case malformedPrefix(String)
        case levelWithoutDigit(SkillLevel)
        case serialsExhausted(series: String)

        package var category: ErrorCategory { .configuration }
        package var codeName: String { "number-scheme" }

        package var words: BilingualText {
            switch self {
            case .malformedPrefix(let prefix):
                BilingualText(
                    zh: "编号前缀“\(prefix)”应为一个大写字母加 12 位数字；请向主管机构索取第 1–13 位",
                    en:
                        "number prefix \"\(prefix)\" is not one capital letter and 12 digits; ask the authority for positions 1–13"
                )
            case .levelWithoutDigit(let level):
                BilingualText(
                    zh: "\(level.printedName)在 22 位编号中没有对应的数字；请为其配置编号方式",
                    en: "level \(level.printedName) has no digit in the 22-character scheme; configure a scheme for it")
            case .serialsExhausted(let series):
                BilingualText(
                    zh: "系列 \(series) 的 999999 个流水号已用完；请向主管机构另取前缀",
                    en: "series \(series) has used all 999999 serials; ask the authority for another prefix")
            }
        }
    }

    /// - Parameter institutionPrefix: one letter (by default `Y` employer or `S` social
    ///   evaluation body) and 12 digits. The set of letters is configuration, as it may grow.
    package init(institutionPrefix prefix: String, letters: Set<Character> = ["Y", "S"]) throws(Problem) {
        guard prefix.utf8.count == 13, let first = prefix.first, letters.contains(first),
            prefix.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .malformedPrefix(prefix) }
        institutionPrefix = prefix
    }

    /// The part that is shared by all serials of one institution, year and level: positions 1–16.
    package func series(year: Int, level: SkillLevel) throws(Problem) -> String {
        guard (1...5).contains(level.rawValue) else { throw .levelWithoutDigit(level) }
        let twoDigits = year % 100
        return institutionPrefix + (twoDigits < 10 ? "0" : "") + String(twoDigits) + String(level.rawValue)
    }

    /// Appends positions 17–22 to a series.
    package static func number(series: String, serial: Int) throws(Problem) -> CertificateNumber {
        guard serialRange.contains(serial) else { throw .serialsExhausted(series: series) }
        var text = series
        text.reserveCapacity(series.utf8.count + 6)
        // The range leaves no more than six digits.
        text.append(contentsOf: String(serial + 1_000_000).dropFirst())
        return CertificateNumber(text)
    }
}
