import Credential

package protocol SheetReading {
    func sheet(_ id: SheetID) throws -> StaffSheet?
    /// The last changed first; nil for those of all institutions.
    func sheets(of institutions: [InstitutionID]?) throws -> [StaffSheet]
    /// The newest that began with this file and was not withdrawn.
    func sheet(ofFile digest: [UInt8], institution: InstitutionID) throws -> StaffSheet?
    func sheetFile(of sheet: SheetID) throws -> SheetFile?
    /// As it was written, from 0; nil beyond the last, and once the file is gone.
    func filePiece(_ position: Int, of sheet: SheetID) throws -> [UInt8]?
    /// In the order of their versions and places.
    func edits(of sheet: SheetID) throws -> [SheetEdit]
    func answers(of sheet: SheetID) throws -> [SheetAnswer]
    func submission(_ id: SubmissionID) throws -> Submission?
    /// The oldest first.
    func submissions(state: Submission.State) throws -> [Submission]
    /// The oldest first.
    func submissions(of sheet: SheetID) throws -> [Submission]
    func submission(newestOf sheet: SheetID) throws -> Submission?
    /// Encrypted pieces, in their order.
    func frozenFile(of submission: SubmissionID) throws -> [[UInt8]]
}

/// A sheet that is no draft, and a submission that is in another state by now, are a ``StoreError/Code/conflict``; nothing
/// is written then.
package protocol SheetWriting: SheetReading {
    func insert(_ sheet: NewSheet, pieces: (SheetID) throws -> [[UInt8]]) throws -> StaffSheet
    /// What people say of a sheet as a whole: another title or award date.
    func describe(_ sheet: SheetID, title: String, awardDate: CalendarDate?, at time: Int) throws
    /// One save: the edits' versions are the sheet's next.
    func save(_ edits: [SheetEdit], of sheet: SheetID, at time: Int) throws
    /// In place of an earlier one of the same row and rule.
    func save(_ answer: SheetAnswer, of sheet: SheetID) throws
    func removeAnswers(toRow rowKey: [UInt8], of sheet: SheetID, at time: Int) throws
    func withdraw(_ sheet: SheetID, at time: Int) throws
    /// Its sheet is no draft from then on.
    func insert(_ submission: NewSubmission, pieces: (SubmissionID) throws -> [[UInt8]]) throws -> Submission
    /// Once by one account; again by the same is no change.
    func claim(_ submission: SubmissionID, by account: AccountID, at time: Int) throws
    /// Its sheet is a draft again.
    func returnSubmission(_ submission: SubmissionID, reason: String, at time: Int) throws
    /// Its sheet follows: a draft again when it is withdrawn. What waits again has no reviewer.
    ///
    /// - Parameter batch: with which it was issued.
    func setState(_ state: Submission.State, of submission: SubmissionID, batch: BatchID?, at time: Int) throws
    /// Forgets the files of sheets that were issued or withdrawn by then, their edits and answers, and the files of
    /// their submissions; what says that they were there stays.
    func removeFiles(endedBy time: Int) throws
}
