import Credential
import Results

/// A result that may be certified. Only ``EligibilityPolicy`` makes one.
///
/// An object, as it is handed from stage to stage a hundred thousand times and has a dozen texts.
package final class EligibleResult: Sendable {
    package let result: ExamResult
    /// Code and name as filed, not as the sheet spells them.
    package let occupation: Occupation
    package var level: SkillLevel { result.level }

    fileprivate init(result: ExamResult, occupation: Occupation) {
        self.result = result
        self.occupation = occupation
    }
}

/// What became of one row.
package struct Decision: Sendable {
    package enum Outcome: Sendable {
        case eligible(EligibleResult)
        case binned(Bin)
    }

    package let sheetRow: Int
    package let outcome: Outcome
    /// What reading found, then what judging found.
    package let findings: [Finding]
}

/// Judges readings for one institution: by its filings, and by the pass rules.
package struct EligibilityPolicy: Sendable {
    package let institution: InstitutionID
    package let register: FilingRegister
    package let rules: PassRules

    package init(institution: InstitutionID, register: FilingRegister, rules: PassRules = PassRules()) {
        self.institution = institution
        self.register = register
        self.rules = rules
    }

    /// Pure: the same reading gives the same decision.
    package func decide(_ reading: RowReading) -> Decision {
        switch reading.content {
        case .binned(let bin):
            return Decision(sheetRow: reading.sheetRow, outcome: .binned(bin), findings: reading.findings)
        case .result(let result):
            let judgement = judge(result)
            let added = judgement.rule.map { [Finding(sheetRow: reading.sheetRow, rule: $0)] } ?? []
            return Decision(
                sheetRow: reading.sheetRow, outcome: judgement.outcome, findings: reading.findings + added)
        }
    }

    private func judge(_ result: ExamResult) -> (outcome: Decision.Outcome, rule: Rule?) {
        guard result.institutionCode.isEmpty || result.institutionCode == institution.text else {
            return refuse(.otherInstitution)
        }
        let answer = register.find(
            institution, code: result.occupationCode, name: result.occupationName, level: result.level,
            on: result.examDate)
        switch answer {
        case .contradiction: return refuse(.occupationContradicts)
        case .ambiguous: return refuse(.occupationAmbiguous)
        case .notFiled: return refuse(.notFiled)
        case .filed(let filing): return judge(result, occupation: filing.occupation)
        }
    }

    private func judge(_ result: ExamResult, occupation: Occupation) -> (outcome: Decision.Outcome, rule: Rule?) {
        let rule = rules.rule(occupationCode: occupation.code, level: result.level)
        switch (rule.verdict(theory: result.theory, skill: result.skill, review: result.review), result.statedOutcome) {
        case (.incomplete, _): return refuse(.reviewMissing)
        case (.passed, .failed), (.failed, .passed): return refuse(.outcomeContradicts)
        case (.failed, _): return (.binned(.failed), nil)
        case (.passed, _): return (.eligible(EligibleResult(result: result, occupation: occupation)), nil)
        }
    }

    /// Where a rule's severity puts the row.
    private func refuse(_ rule: Rule) -> (outcome: Decision.Outcome, rule: Rule?) {
        (.binned(rule.severity == .reject ? .rejected : .quarantined), rule)
    }
}
