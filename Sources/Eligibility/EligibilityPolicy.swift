import Credential
import Results

/// Judges readings for one institution: by its filings, its majors, and the pass rules.
package struct EligibilityPolicy: Sendable {
    package let institution: InstitutionID
    package let register: FilingRegister
    package let rules: PassRules
    package let occupations: OccupationRegister
    package let matrix: EligibilityMatrix
    package let roster: Roster?

    package init(
        institution: InstitutionID, register: FilingRegister, rules: PassRules = PassRules(),
        occupations: OccupationRegister = OccupationRegister(), matrix: EligibilityMatrix = EligibilityMatrix(),
        roster: Roster? = nil
    ) {
        self.institution = institution
        self.register = register
        self.rules = rules
        self.occupations = occupations
        self.matrix = matrix
        self.roster = roster
    }

    /// The same reading gives the same decision, whatever was decided before.
    package func decide(_ reading: RowReading, _ memo: inout RegistryMemo) -> Decision {
        switch reading.content {
        case .binned(let bin): return Decision(reading, .binned(bin))
        case .asked(nil): return Decision(reading, .asked(nil))
        case .unmarked(let bin, let result):
            return Decision(reading, .unmarked(bin, result.flatMap { filed($0, &memo) }))
        case .asked(let result?):
            let judgement = judge(result, &memo)
            // What is refused stays refused, whatever is answered.
            if case .binned(let bin) = judgement.outcome { return Decision(reading, .binned(bin), judgement.rules) }
            // A mark that could not be read is asked about already.
            return Decision(reading, .asked(judgement.certifiable), judgement.rules.filter { $0 != .reviewMissing })
        case .result(let result):
            let judgement = judge(result, &memo)
            return Decision(reading, judgement.outcome, judgement.rules)
        }
    }

    /// Judges a resit anew with the better passed parts of earlier attempts.
    package func join(_ resit: JudgedResult, with earlier: [EarlierAttempt]) -> Judgement {
        var result = resit.result
        let rule = rules.rule(occupationCode: resit.occupation.code, level: result.level)
        let limit = result.examDate.adding(months: -rules.resitMonths)
        let kept = earlier.filter { limit <= $0.examDate && $0.examDate <= result.examDate }
        result.theory = rule.better(result.theory, kept.map(\.theory), minimum: rule.theory)
        result.skill = rule.better(result.skill, kept.map(\.skill), minimum: rule.skill)
        if let minimum = rule.review {
            result.review = rule.better(result.review, kept.map(\.review), minimum: minimum)
        }
        let judgement = judge(JudgedResult(result: result, occupation: resit.occupation))
        switch judgement.outcome {
        case .eligible: return Judgement(judgement.outcome, [.resitJoined] + judgement.rules)
        case .resit(let judged):
            let verdict = rule.verdict(theory: result.theory, skill: result.skill, review: result.review)
            return verdict == .incomplete
                ? Judgement(.asked(nil), [.resitWithoutEarlier]) : Judgement(.failed(judged), [])
        default: return judgement
        }
    }
}

extension EligibilityPolicy {
    private func judge(_ result: ExamResult, _ memo: inout RegistryMemo) -> Judgement {
        guard result.institutionCode.isEmpty || result.institutionCode == institution.text else {
            return refuse(.otherInstitution)
        }
        switch find(code: result.occupationCode, name: result.occupationName, result, &memo) {
        case .filed(let filing): return judge(result, occupation: filing.occupation, &memo)
        case .contradiction: return former(result, &memo) ?? refuse(.occupationContradicts)
        case .ambiguous: return refuse(.occupationAmbiguous)
        case .notFiled: return former(result, &memo) ?? refuse(.notFiled)
        }
    }

    private func find(
        code: String, name: String, _ result: ExamResult, _ memo: inout RegistryMemo
    ) -> FilingRegister.Answer {
        memo.filing(code, name, result) {
            register.find(institution, code: code, name: name, level: result.level, on: result.examDate)
        }
    }

    private func filed(_ result: ExamResult, _ memo: inout RegistryMemo) -> JudgedResult? {
        let answer = find(code: result.occupationCode, name: result.occupationName, result, &memo)
        guard case .filed(let filing) = answer else { return nil }
        return JudgedResult(result: result, occupation: filing.occupation)
    }

    /// results.md, 43, 44: a name or code that is not filed may stand for one that is; whether it does, is asked.
    private func former(_ result: ExamResult, _ memo: inout RegistryMemo) -> Judgement? {
        var result = result
        let rule: Rule
        let occupation: Occupation
        switch occupations.find(code: result.occupationCode, name: result.occupationName, on: result.examDate) {
        case .unknown: return nil
        case .former(let present): (rule, occupation) = (.formerOccupation, present)
        case .specialisation(let name, let parent):
            (rule, occupation) = (.specialisationAsOccupation, parent)
            result.specialisation = result.specialisation ?? name
        }
        guard case .filed(let filing) = find(code: occupation.code, name: "", result, &memo) else { return nil }
        let judgement = judge(result, occupation: filing.occupation, &memo)
        if case .binned = judgement.outcome { return judgement }
        return Judgement(.asked(judgement.certifiable), [rule] + judgement.rules)
    }

    private func judge(_ result: ExamResult, occupation: Occupation, _ memo: inout RegistryMemo) -> Judgement {
        let major = memo.major(result, occupation.code) {
            matrix.find(institution, major: result.major, occupationCode: occupation.code, on: result.examDate)
        }
        switch major {
        case .approved, .notKept: break
        case .notApproved: return refuse(.majorNotApproved)
        case .majorMissing: return refuse(.majorMissing)
        }
        if let rule = roster?.find(result) {
            let judgement = judge(JudgedResult(result: result, occupation: occupation))
            guard rule.severity == .ask else { return Judgement(judgement.outcome, judgement.rules + [rule]) }
            return Judgement(.asked(judgement.certifiable), judgement.rules + [rule])
        }
        return judge(JudgedResult(result: result, occupation: occupation))
    }

    private func judge(_ judged: JudgedResult) -> Judgement {
        let result = judged.result
        let rule = rules.rule(occupationCode: judged.occupation.code, level: result.level)
        let verdict = rule.verdict(theory: result.theory, skill: result.skill, review: result.review)
        if result.isResit, verdict != .passed { return Judgement(.resit(judged), []) }
        switch (verdict, result.statedOutcome) {
        case (.incomplete, _): return refuse(.reviewMissing)
        case (.passed, .failed):
            // The rule is right; who answers for the row may say so.
            return Judgement(.asked(EligibleResult(judged)), [.outcomeContradicts])
        case (.failed, .passed): return refuse(.outcomeContradicts)
        case (.failed, _): return Judgement(.failed(judged), [])
        case (.passed, _): return Judgement(.eligible(EligibleResult(judged)), [])
        }
    }

    /// Where a rule's severity puts the row.
    private func refuse(_ rule: Rule) -> Judgement {
        Judgement(rule.severity == .reject ? .binned(.rejected) : .asked(nil), [rule])
    }
}
