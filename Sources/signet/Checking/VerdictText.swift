import Bulk
import Credential
import Encodings
import Errors
import Seal
import Verification

/// A verdict in words, for a terminal.
enum VerdictText {
    /// One certificate with all its checks, to be drawn.
    static func block(_ verdict: Verdict) -> String {
        var lines = head(verdict.outcome, verdict.reasonText)
        if let certificate = verdict.certificate { lines += [""] + describe(certificate) }
        lines.append("")
        lines += verdict.checks.map { check in
            "  \(mark(check.result)) \(check.name.text.spoken)\(code(check.result))"
                + (check.name == .status ? basis(verdict.statusBasis) : "")
        }
        return lines.joined(separator: "\n")
    }

    /// A photo, in which there may be nothing to check.
    static func block(_ answer: RowAnswer) -> String {
        answer.verdict.map { block($0) } ?? head(answer.outcome, answer.explanation).joined(separator: "\n")
    }

    static func headline(_ outcome: Outcome) -> String {
        let style: Terminal.Style =
            switch outcome {
            case .valid: .good
            case .notValid: .bad
            case .couldNotCheck: .unsure
            }
        return Terminal.standardOutput.styled(words(outcome), style)
    }

    static func words(_ outcome: Outcome) -> String { outcome.text.spoken }

    static func summary(_ counts: VerdictCounts) -> String {
        let words = [
            (counts.valid, Outcome.valid), (counts.notValid, .notValid), (counts.couldNotCheck, .couldNotCheck),
        ]
        let parts = words.filter { $0.0 > 0 }.map { "\($0.grouped) \($1.text.spoken)" }
        return "\(counts.total.grouped) = " + parts.joined(separator: " + ")
    }

    /// Says which rows of a list were passed over.
    static func tellTotals(_ rows: [Int]) {
        guard !rows.isEmpty else { return }
        let shown = rows.prefix(10).map(String.init)
        let more = rows.count > shown.count ? " …" : ""
        Terminal.standardError.say(
            spoken(
                zh: "第 \(shown.joined(separator: "、"))\(more) 行是合计行，未核验。",
                en: "Rows of totals, not checked: \(shown.joined(separator: ", "))\(more)."))
    }

    /// How old the word of the status list is.
    private static func basis(_ basis: StatusBasis?) -> String {
        guard let basis else { return "" }
        let age =
            switch basis.age {
            case ..<3600: BilingualText(zh: "\(basis.age / 60) 分钟", en: "\(basis.age / 60) min")
            case ..<172_800: BilingualText(zh: "\(basis.age / 3600) 小时", en: "\(basis.age / 3600) h")
            default: BilingualText(zh: "\(basis.age / 86_400) 天", en: "\(basis.age / 86_400) d")
            }
        let time = UTCTime.text(basis.issuedAt)
        return spoken(zh: "  （\(time) 的状态列表，已过 \(age.zh)）", en: "  (list of \(time), \(age.en))")
    }

    private static func head(_ outcome: Outcome, _ reason: BilingualText?) -> [String] {
        let lines =
            reason.map { TextWidth.wrapped(SafeText.shown($0.spoken), to: Terminal.standardOutput.width - 2) } ?? []
        return [headline(outcome)] + lines.map { "  " + $0 }
    }

    private static func describe(_ certificate: Certificate) -> [String] {
        [
            line("姓名", "holder", certificate.holderName),
            line("职业", "occupation", "\(certificate.occupation.name) (\(certificate.occupation.code))"),
            line("方向", "specialisation", certificate.specialisation ?? "--"),
            line("级别", "level", "\(certificate.level.printedName) (\(certificate.level.englishName))"),
            line("编号", "number", certificate.number.text),
            line("机构", "issuer", "\(certificate.institutionName) (\(certificate.institution))"),
            line("日期", "date", certificate.awardDate.description),
        ]
    }

    private static func line(_ zh: String, _ en: String, _ value: String) -> String {
        SafeText.shown("  " + spoken(zh: zh, en: TextWidth.fitted(en, to: 14)) + "  " + value)
    }

    private static func mark(_ result: Check.Result) -> String {
        switch result {
        case .pass: "✓"
        case .fail: "✗"
        case .unknown: "?"
        case .none: "–"
        }
    }

    private static func code(_ result: Check.Result) -> String {
        switch result {
        case .pass, .none: ""
        case .fail(let reason), .unknown(let reason): "  \(reason.rawValue)"
        }
    }
}
