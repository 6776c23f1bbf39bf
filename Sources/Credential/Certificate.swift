/// An occupation of the national classification, as it was called when the certificate was issued.
package struct Occupation: Hashable, Sendable {
    /// Form `X-XX-XX-XX`.
    package let code: String
    package let name: String
    package init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}

/// An institution's identifier in the authority's registry; opaque, unique, never reused.
package struct InstitutionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
    package static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}

/// What a certificate says in public: everything that its seal carries, and nothing more.
///
/// Knows no format. Identity number, scores and photo are in ``PrivateRecord``.
package struct Certificate: Hashable, Sendable {
    package var id: CertificateID
    package var number: CertificateNumber
    /// Starts at 1; a correction keeps the number and raises it.
    package var version: Int
    package var institution: InstitutionID
    /// Frozen: the filed name on the day of issue.
    package var institutionName: String
    package var holderName: String
    package var occupation: Occupation
    /// Nil is printed as `--`, never as a blank.
    package var specialisation: String?
    package var level: SkillLevel
    /// The day printed as 发证日期.
    package var awardDate: CalendarDate

    package init(
        id: CertificateID, number: CertificateNumber, version: Int, institution: InstitutionID,
        institutionName: String, holderName: String, occupation: Occupation, specialisation: String?,
        level: SkillLevel, awardDate: CalendarDate
    ) {
        self.id = id
        self.number = number
        self.version = version
        self.institution = institution
        self.institutionName = institutionName
        self.holderName = holderName
        self.occupation = occupation
        self.specialisation = specialisation
        self.level = level
        self.awardDate = awardDate
    }
}

extension Certificate {
    /// The first character of the name, the rest as `*`.
    package var maskedHolderName: String {
        String(holderName.prefix(1)) + String(repeating: "*", count: max(1, holderName.count - 1))
    }
}

/// A mark out of 100 in hundredths of a point, so that 59.5 stays 59.5 and never becomes 60.
package struct Score: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let hundredths: Int
    package init(hundredths: Int) { self.hundredths = hundredths }
    package static func < (a: Self, b: Self) -> Bool { a.hundredths < b.hundredths }

    package var description: String {
        let whole = hundredths / 100
        let rest = hundredths % 100
        if rest == 0 { return String(whole) }
        if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
        return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}

/// What is kept about a certificate but never printed in its QR code: encrypted at rest.
package struct PrivateRecord: Hashable, Sendable {
    package var document: IdentityDocument
    package var examDate: CalendarDate
    package var theory: Score?
    package var skill: Score?
    package var review: Score?
    package var studentNumber: String
    package var major: String

    package init(
        document: IdentityDocument, examDate: CalendarDate, theory: Score?, skill: Score?, review: Score?,
        studentNumber: String, major: String
    ) {
        self.document = document
        self.examDate = examDate
        self.theory = theory
        self.skill = skill
        self.review = review
        self.studentNumber = studentNumber
        self.major = major
    }
}
