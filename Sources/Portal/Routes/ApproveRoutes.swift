import Accounts
import Acts
import Approvals
import Credential
import Encodings
import HTTPTypes
import Hummingbird
import Issuance
import Results
import Store
import WebAuthn

/// An approval is a signature of the own passkey over what the page shows.
enum ApproveRoutes {
    static let all: [StaffRoute] = [
        .get("/reviews/{id}/approve", .act(.batchApprove)) { visit in
            try await ApprovePage.answer(visit, try await visit.submission(visit.parameter, .batchApprove))
        },
        .post("/reviews/approve/begin", .act(.batchApprove), begin),
        .post("/reviews/approve", .act(.batchApprove)) { visit in
            let submission = try await visit.submission(visit.form["submission"], .batchApprove)
            let approve = ApproveSubmission(in: visit.portal.office, party: visit.portal.desk.party)
            try await approve(
                AssertionResponse(json: visit.form["credential"]), of: submission.id, by: visit.account,
                in: visit.browser, as: visit.actor, at: visit.time)
            return visit.redirect("/reviews/\(submission.id.value)")
        },
    ]

    private struct Asked: Encodable {
        /// Base64url.
        let statement: String
        let options: RequestOptions
    }

    @Sendable private static func begin(_ visit: Visit) async throws -> Response {
        let submission = try await visit.submission(visit.form["submission"], .batchApprove)
        let plan = try await SubmissionPlan(of: submission, in: visit.portal.office)
        guard let proposal = try await plan.proposal(in: visit.portal.office) else { throw PortalRefusal.missing }
        let begin = BeginApproval(in: visit.portal.office, party: visit.portal.desk.party)
        let question = try await begin(
            submission, proposal, count: plan.plan.bins[.issued], answered: plan.job.answers.count, by: visit.account,
            in: visit.browser, at: visit.time)
        return try SignInRoutes.json(
            Asked(statement: Base64URL.encode(question.statement.bytes), options: question.options))
    }
}
