import Accounts
import Acts
import Credential
import HomeFolder
import Hummingbird
import Issuance
import Results
import Store

/// What an officer is about to sign. The lines themselves are drawn by the browser from the bytes that are signed.
enum ApprovePage {
    static func answer(_ visit: Visit, _ submission: Submission) async throws -> Response {
        let words = { (name: String) in Catalogue.approve.text(name, visit.language) }
        let (review, ticks, institution) = try await visit.portal.store.read { reading in
            (
                try reading.review(of: submission.id), try reading.ticks(of: submission.id),
                try reading.institutions().first { $0.id == submission.institution }
            )
        }
        let (account, progress) = (try visit.account, ReviewProgress(review, ticks))
        guard submission.state == .inReview, submission.reviewer == account.id else { throw PortalRefusal.missing }
        let plan = try await SubmissionPlan(of: submission, in: visit.portal.office)
        let proposal = try await plan.proposal(in: visit.portal.office)
        let count = plan.plan.bins[.issued]
        let obstacle: String? =
            if proposal == nil { words("noKey") } else if !progress.isGood { words("notCompared") } else { nil }
        return try visit.page(
            .approve, .approve,
            [
                "id": "\(submission.id.value)",
                "heading": visit.language == .zh ? "批准签发 \(count) 份证书" : "Approve signing \(count) certificates",
                "institution": "\(institution?.name(on: visit.day) ?? "") \(submission.institution)",
                "awardDate": "\(submission.awardDate)", "compared": progress.text(visit.language),
                "digest": try proposal.map { try $0.statement.digest.inGroups } ?? "–",
                "canSign": obstacle == nil, "obstacle": obstacle ?? "",
            ])
    }
}
