import Credential
import Eligibility
import Results

let college = InstitutionID("4137012391")
let logistics = Occupation(code: "4-02-06-03", name: "物流服务师")
let farming = Occupation(code: "5-05-01-02", name: "农业经理人（新型）")

func day(_ text: String) -> CalendarDate {
    // Tests write existing days.
    CalendarDate(iso8601: text)!
}

func filing(
    _ occupation: Occupation, _ level: SkillLevel = .seniorWorker, institution: InstitutionID = college,
    from: String = "2024-01-01", to: String? = "2026-12-31"
) -> Filing {
    Filing(institution: institution, occupation: occupation, level: level, from: day(from), to: to.map(day))
}

let register = FilingRegister([
    filing(logistics), filing(logistics, .technician), filing(farming),
    filing(Occupation(code: "6-26-01-01", name: "仪器仪表制造工"), institution: InstitutionID("4137011067")),
])

/// A result that passes, unless changed.
func result(_ change: (inout ExamResult) -> Void = { _ in }) -> ExamResult {
    var result = ExamResult(
        sheetRow: 7, name: "张晓丽", document: IdentityDocument(kind: .passport, number: "E12345678"),
        occupationName: logistics.name, occupationCode: logistics.code, level: .seniorWorker,
        theory: Score(hundredths: 6000), skill: Score(hundredths: 8000), examDate: day("2026-06-20"))
    change(&result)
    return result
}

func decide(_ result: ExamResult, rules: PassRules = PassRules()) -> Decision {
    var memo = RegistryMemo()
    return EligibilityPolicy(institution: college, register: register, rules: rules)
        .decide(RowReading(sheetRow: result.sheetRow, findings: [], content: .result(result)), &memo)
}

extension Decision {
    var eligible: EligibleResult? {
        if case .eligible(let eligible) = outcome { eligible } else { nil }
    }

    var bin: Bin? {
        switch outcome {
        case .eligible, .resit: nil
        case .failed: .failed
        case .asked: .quarantined
        case .unmarked(let bin, _): bin
        case .binned(let bin): bin
        }
    }

    var codes: [String] { findings.map(\.code) }
}
