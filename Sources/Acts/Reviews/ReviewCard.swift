import Credential
import Encodings
import FoundationEssentials
import Issuance
import PersonalData
import Store

/// A row under review as it is kept with the review, so that a page need not judge the whole sheet anew.
package struct ReviewCard: Codable, Hashable, Sendable {
    /// In the frozen file.
    package let row: Int
    /// Where the sheet that was sent in has it.
    package let place: String
    package let name: String
    package let documentKind: Int
    package let documentNumber: String
    package let occupation: String
    package let occupationCode: String
    package let specialisation: String
    package let level: Int
    package let marks: [String]
    package let examDate: String
    package let studentNumber: String
    package let major: String
    /// Why it is looked at; empty for one that was drawn.
    package let causes: [String]
    package let isDrawn: Bool

    /// Rows mended in place and rows answered for, which no plan tells apart.
    package enum OtherCause: String, CaseIterable { case mended, answered }

    init(_ row: ReviewedRow, place: String, others: Set<OtherCause>, isDrawn: Bool) {
        let record = row.record
        (self.row, self.place, name) = (row.sheetRow, place, row.name)
        (documentKind, documentNumber) = (record.document.kind.rawValue, record.document.number)
        (occupation, occupationCode) = (row.occupation.name, row.occupation.code)
        specialisation = row.specialisation ?? ""
        level = row.level.rawValue
        marks = [record.theory, record.skill, record.review].map { $0?.description ?? "" }
        examDate = record.examDate.description
        (studentNumber, major) = (record.studentNumber, record.major)
        causes = row.causes.map(\.rawValue).sorted() + others.map(\.rawValue).sorted()
        self.isDrawn = isDrawn
    }
}

extension ReviewCard {
    /// As it would be printed. Nil for what no version of this program wrote.
    package func specimen(of institution: Institution, awardDate: CalendarDate) -> Specimen? {
        guard let kind = IdentityDocument.Kind(rawValue: documentKind), let level = SkillLevel(rawValue: level) else {
            return nil
        }
        return Specimen(
            institution: institution.id, institutionName: institution.name(on: awardDate) ?? institution.id.text,
            holderName: name,
            document: IdentityDocument(kind: kind, number: documentNumber),
            occupation: Occupation(code: occupationCode, name: occupation),
            specialisation: specialisation.isEmpty ? nil : specialisation,
            level: level, awardDate: awardDate)
    }
}

/// Keeps cards encrypted, bound to their submission.
package struct ReviewBox {
    private let protector: IdentityProtector

    package init(_ keys: DataKeys) throws { protector = try IdentityProtector(keys) }

    func seal(_ cards: [ReviewCard], of submission: SubmissionID) throws -> [UInt8] {
        try protector.seal(Array(JSONEncoder().encode(cards)), label: Self.label("cards", submission))
    }

    package func cards(of review: SubmissionReview) throws -> [ReviewCard] {
        let bytes = try protector.open(review.box, label: Self.label("cards", review.submission))
        return try JSONDecoder().decode([ReviewCard].self, from: Data(bytes))
    }

    func seal(note: String, ofRow row: Int, of submission: SubmissionID) throws -> [UInt8] {
        note.isEmpty ? [] : try protector.seal(Array(note.utf8), label: Self.label("note \(row)", submission))
    }

    package func note(_ tick: RowTick, of submission: SubmissionID) throws -> String {
        guard !tick.noteBox.isEmpty else { return "" }
        return String(
            decoding: try protector.open(tick.noteBox, label: Self.label("note \(tick.row)", submission)), as: UTF8.self
        )
    }

    private static func label(_ what: String, _ submission: SubmissionID) -> [UInt8] {
        Array("review \(submission.value) \(what)".utf8)
    }
}
