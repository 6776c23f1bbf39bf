import Results

enum FindingsText {
    static func summary(_ counts: [Severity: Int]) -> String {
        let words = [
            (Severity.fixed, spoken(zh: "条已更正", en: "mended")), (.warn, spoken(zh: "条提示", en: "noted")),
            (.ask, spoken(zh: "条待答", en: "to be answered")), (.reject, spoken(zh: "条拒收", en: "refused")),
        ]
        let parts = words.compactMap { severity, word in counts[severity].map { "\($0.grouped) \(word)" } }
        return parts.isEmpty ? spoken(zh: "无", en: "none") : parts.joined(separator: spoken(zh: "，", en: ", "))
    }
}
