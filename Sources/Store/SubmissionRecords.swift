import Credential

package struct SubmissionID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

/// A sheet as it was frozen, to be approved as it is or not at all.
package struct NewSubmission: Hashable, Sendable {
    package let sheet: SheetID
    package let institution: InstitutionID
    package let awardDate: CalendarDate
    /// SHA-256 of the frozen file.
    package let digest: [UInt8]
    package let rowCount: Int
    package let certificateCount: Int
    /// Rows by the raw values of their bins.
    package let bins: [String: Int]
    /// Everybody who had a hand in it, in ascending order.
    package let contributors: [AccountID]
    package let submittedBy: AccountID
    package let submittedAt: Int

    package init(
        sheet: SheetID, institution: InstitutionID, awardDate: CalendarDate, digest: [UInt8], rowCount: Int,
        certificateCount: Int, bins: [String: Int], contributors: [AccountID], submittedBy: AccountID,
        submittedAt: Int
    ) {
        (self.sheet, self.institution, self.awardDate, self.digest) = (sheet, institution, awardDate, digest)
        (self.rowCount, self.certificateCount, self.bins) = (rowCount, certificateCount, bins)
        self.contributors = contributors.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        (self.submittedBy, self.submittedAt) = (submittedBy, submittedAt)
    }
}

/// A submission in its place among all of them, and what became of it.
package struct Submission: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case waiting
        /// Somebody reviews it.
        case inReview = "in-review"
        case returned, withdrawn, approved, issued

        /// What may follow.
        package var next: Set<State> {
            switch self {
            case .waiting: [.inReview, .returned, .withdrawn, .approved]
            case .inReview: [.waiting, .returned, .withdrawn, .approved]
            // Again in review when whoever signs refuses the approval.
            case .approved: [.inReview, .returned, .issued]
            case .returned, .withdrawn, .issued: []
            }
        }
    }

    package let id: SubmissionID
    package let frozen: NewSubmission
    package let state: State
    package let reviewer: AccountID?
    /// Of its return.
    package let reason: String
    package let batch: BatchID?
    package let changedAt: Int

    package var sheet: SheetID { frozen.sheet }
    package var institution: InstitutionID { frozen.institution }
    package var awardDate: CalendarDate { frozen.awardDate }
    package var digest: [UInt8] { frozen.digest }
    package var rowCount: Int { frozen.rowCount }
    package var certificateCount: Int { frozen.certificateCount }
    package var bins: [String: Int] { frozen.bins }
    package var contributors: [AccountID] { frozen.contributors }
    package var submittedBy: AccountID { frozen.submittedBy }
    package var submittedAt: Int { frozen.submittedAt }

    package init(
        id: SubmissionID, frozen: NewSubmission, state: State, reviewer: AccountID?, reason: String,
        batch: BatchID?, changedAt: Int
    ) {
        (self.id, self.frozen, self.state, self.reviewer) = (id, frozen, state, reviewer)
        (self.reason, self.batch, self.changedAt) = (reason, batch, changedAt)
    }
}
