package protocol ReviewReading {
    func review(of submission: SubmissionID) throws -> SubmissionReview?
    /// By row.
    func ticks(of submission: SubmissionID) throws -> [RowTick]
}

package protocol ReviewWriting: ReviewReading {
    /// In place of an earlier one with all that came of it: somebody else reviews now.
    func insert(_ review: SubmissionReview) throws
    /// Instead of earlier ones of the same rows. Rows that are not in the review are ``StoreError/Code/notFound``.
    func save(_ ticks: [RowTick], of submission: SubmissionID) throws
}
