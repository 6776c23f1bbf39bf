import Credential
import Verification

/// The rows of a file that are not plainly valid, for whoever looks at them on a page: all are counted by cause, and the
/// first of each cause are kept.
package struct RowExceptions: Encodable, Sendable {
    /// Rows kept of each cause; the result file has all.
    package static let mostOfCause = 200
    private static let longestText = 100

    struct Cause: Encodable, Sendable {
        let verdict: String
        /// A ``Reason`` or a ``RowProblem``.
        let reason: String
        var count = 0
        var rows: [Row] = []
    }

    /// Texts are as the row has them; what is sealed is there where the asker may see it and the row says otherwise.
    struct Row: Encodable, Sendable {
        let row: Int
        let file: String?
        let number: String?
        let name: String?
        let sealedNumber: String?
        let sealedName: String?
        /// The day on which a genuine certificate becomes valid.
        let validFrom: String?
    }

    private(set) var causes: [Cause] = []
    /// Rows that say how many others there are, and were not checked.
    let totalsRows: [Int]

    package init(totalsRows: [Int] = []) { self.totalsRows = totalsRows }

    package mutating func add(_ row: BulkRow, _ answer: RowAnswer) {
        // Only what is valid has no reason.
        guard let reason = answer.reason else { return }
        let verdict = answer.outcome.rawValue
        let place =
            causes.firstIndex { $0.reason == reason && $0.verdict == verdict }
            ?? {
                causes.append(Cause(verdict: verdict, reason: reason))
                return causes.count - 1
            }()
        causes[place].count += 1
        if causes[place].rows.count < Self.mostOfCause { causes[place].rows.append(Self.row(row, answer)) }
    }

    private static func row(_ row: BulkRow, _ answer: RowAnswer) -> Row {
        let (number, name) = (text(row.stated.number), text(row.stated.name))
        let (sealedNumber, sealedName) = (text(answer.certificate?.number.text), text(answer.holderName))
        return Row(
            row: row.number, file: text(row.fileName), number: number, name: name,
            sealedNumber: sealedNumber == number ? nil : sealedNumber,
            sealedName: sealedName == name ? nil : sealedName, validFrom: answer.verdict?.validFrom?.description)
    }

    private static func text(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text.count > longestText ? text.prefix(longestText) + "…" : text
    }
}
