import Accounts
import Acts
import Credential
import Hummingbird
import Store

/// What waits for officers, oldest first, and what they have done.
enum ReviewsPage {
    private static let mostDone = 50

    static func answer(_ visit: Visit) async throws -> Response {
        let scope = visit.institutions(for: .batchReview)
        let (open, done, titles, institutions) = try await visit.portal.store.read { reading in
            let open = try [.waiting, .inReview].flatMap { try reading.submissions(state: $0) }
                .filter { scope?.contains($0.institution) ?? true }
            let done = try [.approved, .issued, .returned].flatMap { try reading.submissions(state: $0) }
                .filter { scope?.contains($0.institution) ?? true }.sorted { $0.id.value > $1.id.value }
                .prefix(mostDone)
            let titles = try Dictionary(
                (open + done).map { ($0.id, try reading.sheet($0.sheet)?.title ?? "") }, uniquingKeysWith: { $1 })
            return (open.sorted { $0.submittedAt < $1.submittedAt }, Array(done), titles, try reading.institutions())
        }
        let row = { (submission: Submission) -> [String: Any] in
            let words = { (name: String) in Catalogue.reviews.text(name, visit.language) }
            let isMine = submission.state == .inReview && submission.reviewer == (try? visit.account.id)
            return [
                "id": "\(submission.id.value)", "title": titles[submission.id] ?? "",
                "institution": institutions.first { $0.id == submission.institution }?.name(on: visit.day)
                    ?? submission.institution.text,
                "detail":
                    "\(submission.certificateCount) \(words("certificates")) · \(words("sentIn")) \(Clock.text(submission.submittedAt))",
                "state": isMine ? words("mine") : words(submission.state.wordName),
            ]
        }
        return try visit.page(
            .reviews, .reviews,
            [
                "waiting": open.map(row), "hasWaiting": !open.isEmpty, "done": done.map(row), "hasDone": !done.isEmpty,
            ])
    }
}

extension Submission.State {
    /// In the catalogue of the list.
    var wordName: String {
        switch self {
        case .waiting: "stateWaiting"
        case .inReview: "stateInReview"
        case .returned: "stateReturned"
        case .withdrawn: "stateWithdrawn"
        case .approved: "stateApproved"
        case .issued: "stateIssued"
        }
    }
}
