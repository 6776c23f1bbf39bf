import Audit
import Errors
import PersonalData
import Store

/// Keeps what came of comparing rows with the record of the exam.
package struct TickRows: Act {
    /// What an officer says of a row.
    package struct Answer: Sendable {
        package let row: Int
        package let isRight: Bool
        package let note: String

        package init(row: Int, isRight: Bool, note: String) {
            (self.row, self.isRight, self.note) = (row, isRight, note)
        }
    }

    package static let mostNoteCharacters = 300

    private let submission: SubmissionID
    private let officer: AccountID
    private let answers: [(answer: Answer, box: [UInt8])]

    package init(_ answers: [Answer], of submission: SubmissionID, by officer: AccountID, keys: DataKeys) throws {
        guard answers.allSatisfy({ $0.note.count <= Self.mostNoteCharacters }) else {
            throw Refusal(
                .refused, zh: "说明最多 \(Self.mostNoteCharacters) 个字，请缩短",
                en: "a note has \(Self.mostNoteCharacters) characters at most; shorten it")
        }
        let box = try ReviewBox(keys)
        (self.submission, self.officer) = (submission, officer)
        self.answers = try answers.map {
            ($0, try box.seal(note: $0.isRight ? "" : $0.note, ofRow: $0.row, of: submission))
        }
    }

    package var permission: Permission { .review }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        guard let current = try transaction.submission(submission), current.state == .inReview,
            current.reviewer == officer
        else {
            throw Refusal(
                .conflict, zh: "这份成绩表现在不由您审核", en: "this sheet is not under your review now")
        }
        try transaction.save(
            answers.map {
                RowTick(row: $0.answer.row, isRight: $0.answer.isRight, noteBox: $0.box, by: officer, at: time)
            },
            of: submission)
    }
}
