import Credential
import Errors

/// What becomes of a row because of a finding.
package enum Severity: String, Codable, Sendable, CaseIterable {
    /// Mended; the row goes on.
    case fixed
    /// Noted; the row goes on.
    case warn
    /// A human must look: the row is quarantined.
    case ask
    /// The row is refused.
    case reject
}

/// One way in which a sheet departs from what it should be, as data. Equal by code.
package struct Rule: Codable, Sendable {
    /// Stable, in kebab case: what scripts may match on.
    package let code: String
    /// The number in the domain's table of anomalies, where it has one.
    package let anomaly: Int?
    package let severity: Severity
    /// What is wrong and what to do next, for a registrar. Never holds a value.
    package let text: BilingualText

    package init(_ code: String, _ anomaly: Int?, _ severity: Severity, zh: String, en: String) {
        self.code = code
        self.anomaly = anomaly
        self.severity = severity
        text = BilingualText(zh: zh, en: en)
    }
}

extension Rule: Hashable {
    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension Rule {
    /// The Chinese sentence in two: what is wrong, and what to do about it, which begins with 请.
    package var parts: (problem: Substring, advice: Substring) {
        for comma in ["，请", "；请"] {
            guard let range = text.zh.firstRange(of: comma) else { continue }
            return (text.zh[..<range.lowerBound], text.zh[text.zh.index(after: range.lowerBound)...])
        }
        return (text.zh.hasSuffix("。") ? text.zh.dropLast() : text.zh[...], "")
    }

    /// Every rule of reading; those of judging are with Eligibility.
    package static let reading: [Rule] =
        fileRules + workbookRules + cellRules + nameRules + documentRules + attemptRules + scoreRules + dateRules
        + occupationRules
        + rowRules
}
