import Credential

/// One candidate's attempt as the sheet has it: readable, and still to be judged by Eligibility.
package struct ExamResult: Hashable, Sendable {
    package typealias Sex = ResidentIDNumber.Sex

    package var sheetRow: Int
    package var name: String
    package var sex: Sex?
    package var document: IdentityDocument
    package var studentNumber: String
    package var department: String
    package var major: String
    package var admissionTicket: String
    /// Either this or the code may be empty, but not both.
    package var occupationName: String
    package var occupationCode: String
    /// Nil is printed as `--`.
    package var specialisation: String?
    package var level: SkillLevel
    package var theory: Score?
    package var skill: Score?
    /// Only levels 2 and 1 have one.
    package var review: Score?
    package var examDate: CalendarDate
    /// What the sheet says came of it, to be compared with the pass rule.
    package var statedOutcome: StatedOutcome?
    package var remark: String
    /// Empty when the sheet does not say.
    package var institutionCode: String
    /// results.md, 31: a make-up exam, which may leave out parts that were passed before.
    package var isResit: Bool

    package init(
        sheetRow: Int, name: String, sex: Sex? = nil, document: IdentityDocument, studentNumber: String = "",
        department: String = "", major: String = "", admissionTicket: String = "", occupationName: String,
        occupationCode: String, specialisation: String? = nil, level: SkillLevel, theory: Score?, skill: Score?,
        review: Score? = nil, examDate: CalendarDate, statedOutcome: StatedOutcome? = nil, remark: String = "",
        institutionCode: String = "", isResit: Bool = false
    ) {
        self.sheetRow = sheetRow
        self.name = name
        self.sex = sex
        self.document = document
        self.studentNumber = studentNumber
        self.department = department
        self.major = major
        self.admissionTicket = admissionTicket
        self.occupationName = occupationName
        self.occupationCode = occupationCode
        self.specialisation = specialisation
        self.level = level
        self.theory = theory
        self.skill = skill
        self.review = review
        self.examDate = examDate
        self.statedOutcome = statedOutcome
        self.remark = remark
        self.institutionCode = institutionCode
        self.isResit = isResit
    }
}

/// 评定成绩 as far as it says that the attempt was passed or not.
package enum StatedOutcome: Hashable, Sendable { case passed, failed }
