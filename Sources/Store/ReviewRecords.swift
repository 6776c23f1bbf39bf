/// What an officer looks at of a submission, drawn once it had come in.
package struct SubmissionReview: Hashable, Sendable {
    package let submission: SubmissionID
    package let officer: AccountID
    /// Of which the sample is drawn; anybody who has it draws the same.
    package let seed: [UInt8]
    /// Rows of the frozen file that are looked at.
    package let rows: [Int]
    /// What they say, encrypted.
    package let box: [UInt8]
    package let begunAt: Int

    package init(
        submission: SubmissionID, officer: AccountID, seed: [UInt8], rows: [Int], box: [UInt8], begunAt: Int
    ) {
        (self.submission, self.officer, self.seed) = (submission, officer, seed)
        (self.rows, self.box, self.begunAt) = (rows, box, begunAt)
    }
}

/// What came of comparing one row with the record of the exam.
package struct RowTick: Hashable, Sendable {
    package let row: Int
    /// Whether it is as in the record.
    package let isRight: Bool
    /// What is wrong with it, encrypted; empty for one that is right.
    package let noteBox: [UInt8]
    package let by: AccountID
    package let at: Int

    package init(row: Int, isRight: Bool, noteBox: [UInt8], by: AccountID, at: Int) {
        (self.row, self.isRight, self.noteBox, self.by, self.at) = (row, isRight, noteBox, by, at)
    }
}
