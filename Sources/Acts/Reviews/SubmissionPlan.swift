import Credential
import HomeFolder
import Issuance
import Results
import Store
import Trust

/// A submission as it would be approved now: judged anew from its frozen file.
package struct SubmissionPlan: Sendable {
    package let submission: Submission
    package let job: SheetJob
    package let plan: BatchPlan

    package init(of submission: Submission, in office: Office) async throws {
        let files = FrozenFiles(try office.home.dataKeys())
        let bytes = try await office.store.read { try files.bytes(of: submission, in: $0) }
        job = try await SheetDesk(in: office, isIssuing: true, readsFiles: false).open(frozen: bytes, of: submission)
        plan = try await job.plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        self.submission = submission
    }

    /// In the frozen file's order.
    package func rows() async throws -> [ReviewedRow] {
        try await job.planner.reviewedRows(of: job.sheet, plan)
    }

    /// Where the sheet that was sent in has it, as the spreadsheet program shows it.
    func place(of row: ReviewedRow) -> String {
        let (table, number) = job.sheet.place(ofRow: row.sheetRow)
        return (table.name.map { "\($0)!" } ?? "") + "\(number)"
    }

    /// Nil while the institution has no key that signs.
    package func proposal(in office: Office) async throws -> BatchProposal? {
        let propose = ProposeBatch(
            in: office, trust: try office.home.trustList(), awardDate: submission.awardDate, look: LookChoice(),
            photos: nil)
        return try await propose(job, plan)
    }
}
