import Accounts
import Acts
import Audit
import Credential
import Errors
import HTTPTypes
import HomeFolder
import Hummingbird
import NIOCore
import Store

/// What officers do with what was sent in, up to the approval.
enum ReviewRoutes {
    static let all: [StaffRoute] = [
        .get("/reviews", .act(.batchReview)) { visit in try await ReviewsPage.answer(visit) },
        .get("/reviews/{id}", .act(.batchReview)) { visit in
            try await ReviewPage.answer(visit, try await visit.submission(visit.parameter))
        },
        .post("/reviews/claim", .act(.batchReview)) { visit in
            let submission = try await visit.submission(visit.form["submission"])
            try await visit.perform(
                try await BeginReview(of: submission, by: visit.account.id, in: visit.portal.office))
            return visit.redirect("/reviews/\(submission.id.value)")
        },
        .post("/reviews/return", .act(.batchReview)) { visit in
            let submission = try await visit.submission(visit.form["submission"])
            do {
                let act = try ReturnSheet(submission.id, by: visit.account.id, reason: visit.form["reason"])
                try await visit.perform(act)
            } catch let refusal as Refusal where refusal.category == .refused {
                return try await ReviewPage.answer(visit, submission, error: visit.language.of(refusal.words))
            }
            return visit.redirect("/reviews")
        },
        .get("/reviews/{id}/sample", .act(.batchReview)) { visit in
            let page = visit.request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1
            return try await SamplePage.answer(visit, try await visit.submission(visit.parameter), page: page)
        },
        .post("/reviews/sample", .act(.batchReview), save),
        .get("/reviews/{id}/specimen", .act(.batchReview), specimen),
        .get("/reviews/{id}/frozen", .act(.batchReview)) { visit in
            let submission = try await visit.submission(visit.parameter)
            let take = TakeFrozenFile(of: submission, keys: try visit.portal.office.home.dataKeys())
            return visit.file(
                try await visit.perform(take), "text/csv; charset=utf-8",
                name: "submission-\(submission.id.value).csv")
        },
    ]

    @Sendable private static func save(_ visit: Visit) async throws -> Response {
        let submission = try await visit.submission(visit.form["submission"])
        let answers = visit.form.names(withPrefix: "row-").compactMap { name -> TickRows.Answer? in
            guard let row = Int(name.dropFirst(4)), ["right", "wrong"].contains(visit.form[name]) else { return nil }
            return TickRows.Answer(row: row, isRight: visit.form[name] == "right", note: visit.form["note-\(row)"])
        }
        let account = try visit.account
        try await visit.perform(
            try TickRows(answers, of: submission.id, by: account.id, keys: visit.portal.office.home.dataKeys()))
        let page = Int(visit.form["page"]) ?? 1
        return visit.redirect("/reviews/\(submission.id.value)/sample?page=\(page)")
    }

    @Sendable private static func specimen(_ visit: Visit) async throws -> Response {
        let submission = try await visit.submission(visit.parameter)
        let wanted = visit.request.uri.queryParameters["row"].flatMap { Int($0) }
        let (review, institution) = try await visit.portal.store.read { reading in
            (
                try reading.review(of: submission.id),
                try reading.institutions().first { $0.id == submission.institution }
            )
        }
        guard let review, let institution,
            let card = try ReviewBox(visit.portal.office.home.dataKeys()).cards(of: review)
                .first(where: { $0.row == wanted }),
            let shown = card.specimen(of: institution, awardDate: submission.awardDate)
        else { throw PortalRefusal.missing }
        let draw = try DrawSpecimen(in: visit.portal.office, of: institution.id, LookChoice())
        return visit.file(
            try draw(shown), "application/pdf", name: "specimen.pdf", isShown: true)
    }
}

extension Visit {
    /// - Throws: ``PortalRefusal/missing`` for none, and for another institution's.
    func submission(_ id: String?, _ act: StaffAct = .batchReview) async throws -> Submission {
        guard let number = id.flatMap({ Int64($0) }),
            let submission = try await portal.store.read({ try $0.submission(SubmissionID(number)) })
        else { throw PortalRefusal.missing }
        try require(act, at: submission.institution)
        return submission
    }

    /// - Parameter isShown: by the browser itself, rather than saved.
    func file(_ bytes: [UInt8], _ type: String, name: String, isShown: Bool = false) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type,
                .contentDisposition: "\(isShown ? "inline" : "attachment"); filename=\"\(name)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
