import Bulk
import Credential
import Encodings
import Errors
import Seal
import Verification

/// Many certificates as a table for a terminal: a line each, and below what is not valid the reason in words.
struct VerdictTable: Sendable {
    struct Row {
        let number: Int
        let outcome: Outcome
        let explanation: BilingualText?
        /// Where a file stands for the certificate, it takes the place of number and occupation.
        var file: String?
        var certificate: Certificate?
        var holderName: String?
        /// What the row itself says: shown where nothing else is known.
        var stated = StatedHolder()
        /// Whether row and certificate say different things.
        var differs = false

        var certificateNumber: String? { certificate?.number.text ?? (stated.number.isEmpty ? nil : stated.number) }
        var shownName: String? { holderName ?? (stated.name.isEmpty ? nil : stated.name) }
    }

    /// Columns of the terminal.
    private let width: Int
    /// Of the row's number, with the gap behind it; reasons are indented by it.
    private static let indent = 6
    private static let verdictWidth = 16
    private static let numberWidth = 22
    /// Below this each row takes lines of its own.
    private static let leastWidth = 80

    init(width: Int) { self.width = width }

    private var isNarrow: Bool { width < Self.leastWidth }
    /// What the last two columns share.
    private var rest: Int { width - Self.indent - Self.verdictWidth - 2 - Self.numberWidth - 2 }
    private var holderWidth: Int { min(24, rest / 3) }
    private var lastWidth: Int { rest - holderWidth - 2 }

    /// Of a table of certificates; that of files explains itself.
    var header: String {
        guard !isNarrow else { return "" }
        return line(
            "#", Self.title("结论", "verdict", Self.verdictWidth),
            [
                Self.title("编号", "number", Self.numberWidth), Self.title("姓名", "holder", holderWidth),
                Self.title("职业", "occupation", lastWidth),
            ])
    }

    func text(_ row: Row) -> String {
        var text = isNarrow ? stacked(row) : aligned(row)
        if let reason = row.explanation {
            text += indented(SafeText.shown(reason.spoken))
        }
        if row.explanation != nil, let certificate = row.certificate, row.differs {
            text += indented(
                SafeText.shown(
                    spoken(
                        zh:
                            "本行：\(row.stated.number) \(row.stated.name)；证书：\(certificate.number) \(certificate.holderName)",
                        en: "row: \(row.stated.number) \(row.stated.name); certificate: \(certificate.number) "
                            + certificate.holderName)))
        }
        return text
    }

    private static func title(_ zh: String, _ en: String, _ width: Int) -> String {
        TextWidth.fitted(spoken(zh: zh, en: en), to: width)
    }

    private func aligned(_ row: Row) -> String {
        let gap = TextWidth.columns(VerdictText.words(row.outcome))
        let verdict =
            VerdictText.headline(row.outcome) + String(repeating: " ", count: max(0, Self.verdictWidth - gap))
        let holder = TextWidth.fitted(SafeText.shown(row.shownName ?? ""), to: holderWidth)
        let cells: [String]
        if let file = row.file {
            cells = [holder, TextWidth.fitted(SafeText.shown(file), to: Self.numberWidth + 2 + lastWidth)]
        } else if row.certificateNumber != nil || row.shownName != nil {
            cells = [
                TextWidth.fitted(SafeText.shown(row.certificateNumber ?? ""), to: Self.numberWidth), holder,
                TextWidth.fitted(SafeText.shown(row.certificate?.occupation.name ?? ""), to: lastWidth),
            ]
        } else {
            cells = []
        }
        return line(String(row.number), verdict, cells)
    }

    private func stacked(_ row: Row) -> String {
        let cells = [
            row.file.map(SafeText.shown), row.certificateNumber.map(SafeText.shown),
            row.shownName.map(SafeText.shown),
            (row.certificate?.occupation.name).map(SafeText.shown),
        ].compactMap { $0 }
        return line(String(row.number), VerdictText.headline(row.outcome), [])
            + indented(cells.joined(separator: "  "))
    }

    private func line(_ number: String, _ verdict: String, _ cells: [String]) -> String {
        let place = String(repeating: " ", count: max(0, Self.indent - 2 - number.utf8.count)) + number
        var text = ([place, verdict] + cells).joined(separator: "  ")
        while text.hasSuffix(" ") { text.removeLast() }
        return text + "\n"
    }

    private func indented(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        let lines = TextWidth.wrapped(text, to: width - Self.indent)
        return lines.map { String(repeating: " ", count: Self.indent) + $0 + "\n" }.joined()
    }
}

extension VerdictTable.Row {
    init(_ number: Int, _ verdict: Verdict, file: String? = nil) {
        self.init(
            number: number, outcome: verdict.outcome, explanation: verdict.reasonText, file: file,
            certificate: verdict.certificate, holderName: verdict.certificate?.holderName)
    }

    init(_ row: BulkRow, _ answer: RowAnswer) {
        self.init(
            number: row.number, outcome: answer.outcome, explanation: answer.explanation, file: row.fileName,
            certificate: answer.certificate, holderName: answer.holderName, stated: row.stated,
            differs: answer.isOfAnother)
    }
}
