import Approvals
import Credential
import Encodings
import Errors
import Store

extension StoreReading {
    /// What is approved of a submission: made anew, from what is kept now, by the page and by whoever signs.
    ///
    /// - Parameters:
    ///   - statement: of the frozen file, as it was planned just now.
    ///   - count: of the certificates.
    ///   - answered: rows of it that somebody answered for.
    package func content(
        of submission: Submission, _ statement: BatchStatement, count: Int, answered: Int
    ) throws -> ApprovedContent {
        guard let institution = try institution(submission.institution) else {
            throw Refusal(
                .missing, zh: "机构 \(submission.institution) 没有登记",
                en: "institution \(submission.institution) is not registered")
        }
        let names = try submission.contributors.map { try account($0)?.name ?? $0.description }
        return ApprovedContent(
            .issue, digest: try statement.digest,
            lines: try StatementLines.issue(
                statement, subject: submission.subject, fileDigest: submission.digest,
                institutionName: institution.name(on: statement.awardDate) ?? institution.id.text, count: count,
                contributors: names, answered: answered),
            institution: submission.institution, contributors: Set(submission.contributors))
    }
}
