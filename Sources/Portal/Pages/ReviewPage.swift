import Accounts
import Acts
import Credential
import Errors
import Hummingbird
import Results
import Store

/// One submission: what it is, who made it, what is to be done.
enum ReviewPage {
    /// - Parameter error: what is wrong with the form, which keeps what was typed.
    static func answer(_ visit: Visit, _ submission: Submission, error: String? = nil) async throws -> Response {
        let (words, account) = (
            { (name: String) in Catalogue.review.text(name, visit.language) }, try visit.account
        )
        let (sheet, review, ticks, names, institution, refusal) = try await visit.portal.store.read { reading in
            let subject = "submission \(submission.id.value)"
            let last = try reading.evidence(ofSubject: subject).last
            return (
                try reading.sheet(submission.sheet), try reading.review(of: submission.id),
                try reading.ticks(of: submission.id),
                try submission.contributors.map { try reading.account($0)?.name ?? "\($0)" },
                try reading.institutions().first { $0.id == submission.institution },
                try last.flatMap { try reading.outcome(of: $0.id)?.refusal }
            )
        }
        let isMine = submission.state == .inReview && submission.reviewer == account.id
        let hadHand = submission.contributors.contains(account.id)
        let bins = submission.bins.sorted { $0.key < $1.key }.compactMap { name, count -> [String: Any]? in
            guard name != Bin.issued.rawValue, count > 0, let bin = Bin(rawValue: name) else { return nil }
            return ["label": "\(visit.language.of(bin.words)) \(count)"]
        }
        return try visit.page(
            .review, .review,
            [
                "id": "\(submission.id.value)", "title": sheet?.title ?? "",
                "state": Catalogue.reviews.text(submission.state.wordName, visit.language),
                "institution": "\(institution?.name(on: visit.day) ?? "") \(submission.institution)",
                "awardDate": "\(submission.awardDate)", "certificates": "\(submission.certificateCount)",
                "bins": bins.isEmpty ? [["label": words("none")]] : bins,
                "submitted": Clock.text(submission.submittedAt),
                "hands": names.map { ["name": $0] as [String: Any] }, "digest": submission.digest.inGroups,
                "hasReason": submission.state == .returned, "reason": submission.reason,
                "hasRefusal": submission.state == .inReview && refusal != nil,
                "refusal": refusal.map(visit.language.of) ?? "", "mayClaim": submission.state == .waiting && !hadHand,
                "hadHand": submission.state == .waiting && hadHand, "isMine": isMine,
                "sampleText": ReviewProgress(review, ticks).text(visit.language),
                "isChecked": ReviewProgress(review, ticks).isGood, "hasError": error != nil, "error": error ?? "",
                "typedReason": visit.form["reason"],
            ], status: error == nil ? .ok : .unprocessableContent,
            title: error == nil ? sheet?.title : words("errorPrefix") + words("title"))
    }
}

/// How far comparing has come.
struct ReviewProgress {
    let rows, right, wrong: Int

    init(_ review: SubmissionReview?, _ ticks: [RowTick]) {
        rows = review?.rows.count ?? 0
        right = ticks.count(where: \.isRight)
        wrong = ticks.count - right
    }

    /// Whether every row is as in the record.
    var isGood: Bool { wrong == 0 && right == rows }

    func text(_ language: Language) -> String {
        let left = rows - right - wrong
        return language == .zh
            ? "共 \(rows) 行：一致 \(right) 行，不一致 \(wrong) 行，还没有核对 \(left) 行。"
            : "\(rows) rows: \(right) as in the record, \(wrong) not, \(left) not compared yet."
    }
}
