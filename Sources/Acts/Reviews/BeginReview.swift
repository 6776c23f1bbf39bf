import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Issuance
import Results
import Signing
import Store

/// An officer takes a submission, and the rows that are compared are drawn: after it came in, so that nobody who made it
/// could know them.
package struct BeginReview: Act {
    private let submission: SubmissionID
    private let officer: AccountID
    private let seed: [UInt8]
    private let rows: [Int]
    private let box: [UInt8]

    package init(of submission: Submission, by officer: AccountID, in office: Office) async throws {
        guard !submission.contributors.contains(officer) else {
            throw Refusal(
                .denied, zh: "您参与过这份成绩表，请由另一位审批员审核",
                en: "you had a hand in this sheet; let another officer review it")
        }
        let plan = try await SubmissionPlan(of: submission, in: office)
        let (all, answered) = (try await plan.rows(), Set(plan.job.answers.keys))
        let mended = try await office.mendedRows(of: submission)
        seed = try SecureRandom.bytes(ReviewSample.seedByteCount)
        let drawn = Set(
            try ReviewSample.draw(ReviewSample.size(of: all.count), of: all.map(\.sheetRow), seed: seed))
        let cards = all.compactMap { row -> ReviewCard? in
            var others: Set<ReviewCard.OtherCause> = answered.contains(row.sheetRow) ? [.answered] : []
            if mended.contains(row.sheetRow) { others.insert(.mended) }
            let isDrawn = drawn.contains(row.sheetRow)
            guard isDrawn || !row.causes.isEmpty || !others.isEmpty else { return nil }
            return ReviewCard(row, place: plan.place(of: row), others: others, isDrawn: isDrawn)
        }
        (self.submission, self.officer, rows) = (submission.id, officer, cards.map(\.row))
        box = try ReviewBox(office.home.dataKeys()).seal(cards, of: submission.id)
    }

    package var permission: Permission { .review }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.claim(submission, by: officer, at: time)
        try transaction.insert(
            SubmissionReview(
                submission: submission, officer: officer, seed: seed, rows: rows, box: box, begunAt: time))
        let listed = rows.map { "\($0)\n" }.joined()
        try transaction.append(
            AuditAct(
                .reviewBegun, actor: actor.name,
                subject: [.submission: .number(Int(submission.value)), .certificates: .number(rows.count)],
                digest: SHA256.digest(seed + Array(listed.utf8)), time: time))
    }
}
