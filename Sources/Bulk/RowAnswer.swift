import Credential
import Encodings
import Errors
import Verification

/// The answer about one row.
package struct RowAnswer: Sendable {
    package let outcome: Outcome
    /// A ``Reason`` or a ``RowProblem``; nil for what is valid.
    package let reason: String?
    package let explanation: BilingualText?
    /// Of the seal or document, where one was looked at and stands for the row.
    package let verdict: Verdict?
    /// How much of the certificate the asker may be told.
    package let echo: CertificateEcho

    /// - Parameter verdict: on the seal alone, when that is not what the row's answer is.
    init(_ problem: RowProblem, beside verdict: Verdict? = nil) {
        outcome = problem.outcome
        reason = problem.rawValue
        explanation = problem.text
        self.verdict = verdict
        isOfAnother = verdict != nil
        echo = .all
    }

    init(_ verdict: Verdict, echo: CertificateEcho = .all) {
        outcome = verdict.outcome
        reason = verdict.reason?.rawValue
        explanation = verdict.reasonText
        self.verdict = verdict
        isOfAnother = false
        self.echo = echo
    }

    /// Whether the row and the certificate beside it say different things.
    package let isOfAnother: Bool

    package var certificate: Certificate? { verdict?.certificate }

    package var holderName: String? {
        certificate.map { echo == .maskedName ? $0.maskedHolderName : $0.holderName }
    }

    /// What the status list says: a code of docs/formats/status-list.md, or "none" when the seal names no list.
    var status: String {
        switch verdict?.checks.first(where: { $0.name == .status })?.result {
        case .pass: "valid"
        case .fail(let reason), .unknown(let reason): reason.rawValue
        case .some(.none): certificate == nil ? "" : "none"
        case nil: ""
        }
    }

    /// One JSON object with the row before the verdict's own members, without a line end.
    ///
    /// - Parameter place: what the row's number is called.
    package func appendJSON(to output: inout [UInt8], row: BulkRow, as place: String = "row") {
        output.append(contentsOf: "{\"\(place)\":\(row.number),".utf8)
        if let name = row.fileName { output.append(contentsOf: "\"file\":\(JSONText.quoted(name)),".utf8) }
        guard let verdict else {
            let reason = reason.map { ",\"reason\":\"\($0)\"" } ?? ""
            output.append(contentsOf: "\"verdict\":\"\(outcome.rawValue)\"\(reason)}".utf8)
            return
        }
        if isOfAnother {
            let (number, name) = (JSONText.quoted(row.stated.number), JSONText.quoted(row.stated.name))
            output.append(contentsOf: "\"stated\":{\"number\":\(number),\"name\":\(name)},".utf8)
        }
        // The verdict's own opening brace gives way to the one above.
        let start = output.count
        verdict.appendJSON(to: &output, echo: echo, as: outcome, because: reason)
        output.remove(at: start)
    }
}
