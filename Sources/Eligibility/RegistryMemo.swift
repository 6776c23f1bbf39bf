import Credential
import Results

/// Remembers the registry's last answers: rows of one class, exam and occupation stand together. One per worker.
package struct RegistryMemo {
    private var filing: (code: String, name: String, level: SkillLevel, day: CalendarDate, FilingRegister.Answer)?
    private var major: (name: String, code: String, day: CalendarDate, EligibilityMatrix.Answer)?

    package init() {}

    mutating func filing(
        _ code: String, _ name: String, _ result: ExamResult, find: () -> FilingRegister.Answer
    ) -> FilingRegister.Answer {
        if let last = filing, last.day == result.examDate, last.level == result.level, last.code == code,
            last.name == name
        {
            return last.4
        }
        let answer = find()
        filing = (code, name, result.level, result.examDate, answer)
        return answer
    }

    mutating func major(
        _ result: ExamResult, _ code: String, find: () -> EligibilityMatrix.Answer
    ) -> EligibilityMatrix.Answer {
        if let last = major, last.day == result.examDate, last.name == result.major, last.code == code { return last.3 }
        let answer = find()
        major = (result.major, code, result.examDate, answer)
        return answer
    }
}
