import Audit
import AuditLog
import Errors
import Store

/// Sends a submission back to whoever made it, with the reason: its sheet may be mended again.
package struct ReturnSheet: Act {
    package static let mostReasonCharacters = 500

    private let submission: SubmissionID
    private let officer: AccountID
    private let reason: String

    /// - Parameter officer: who reviews it.
    package init(_ submission: SubmissionID, by officer: AccountID, reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }), reason.count <= Self.mostReasonCharacters else {
            throw Refusal(
                .refused, zh: "请写明退回的原因，最多 \(Self.mostReasonCharacters) 个字",
                en: "say why it goes back, in \(Self.mostReasonCharacters) characters at most")
        }
        (self.submission, self.officer, self.reason) = (submission, officer, reason)
    }

    package var permission: Permission { .review }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard let current = try transaction.submission(submission), current.reviewer == officer else {
            throw Refusal(.conflict, zh: "这份报送现在不由您审核", en: "this submission is not under your review now")
        }
        try transaction.returnSubmission(submission, reason: reason, at: time)
        // The reason may name a candidate; the record names nobody.
        try transaction.append(
            AuditAct(
                .sheetReturned, actor: actor.name,
                subject: [
                    .sheet: .number(Int(current.sheet.value)), .submission: .number(Int(submission.value)),
                ], digest: current.digest, time: time))
    }
}
