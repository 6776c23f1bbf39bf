import Credential
import Results

/// A result with what the filing makes of it, still without a verdict. Only this module makes one.
package final class JudgedResult: Sendable {
    package let result: ExamResult
    /// Code and name as filed, not as the sheet spells them.
    package let occupation: Occupation

    init(result: ExamResult, occupation: Occupation) {
        self.result = result
        self.occupation = occupation
    }
}

extension JudgedResult {
    package convenience init(_ eligible: EligibleResult) {
        self.init(result: eligible.result, occupation: eligible.occupation)
    }
}

/// A result that may be certified. Only this module makes one.
///
/// An object, as it is handed from stage to stage a hundred thousand times and has a dozen texts.
package final class EligibleResult: Sendable {
    package let result: ExamResult
    /// Code and name as filed, not as the sheet spells them.
    package let occupation: Occupation
    package var level: SkillLevel { result.level }

    init(result: ExamResult, occupation: Occupation) {
        self.result = result
        self.occupation = occupation
    }
}

/// What became of one row.
package struct Decision: Sendable {
    package enum Outcome: Sendable {
        case eligible(EligibleResult)
        /// Marked, and below the pass rule.
        case failed(JudgedResult)
        /// A resit that does not pass by itself; parts of earlier attempts may complete it.
        case resit(JudgedResult)
        /// Quarantined. There is a result when the row may be certified once somebody answers for it.
        case asked(EligibleResult?)
        /// Absent, pending or void. There is a result when the row says whose.
        case unmarked(Bin, JudgedResult?)
        case binned(Bin)
    }

    package let sheetRow: Int
    package let outcome: Outcome
    /// What reading found, then what judging found.
    package let findings: [Finding]

    package init(sheetRow: Int, outcome: Outcome, findings: [Finding]) {
        self.sheetRow = sheetRow
        self.outcome = outcome
        self.findings = findings
    }
}

/// What judging a result came to, and what was found on the way.
package struct Judgement: Sendable {
    package let outcome: Decision.Outcome
    package let rules: [Rule]

    init(_ outcome: Decision.Outcome, _ rules: [Rule]) {
        self.outcome = outcome
        self.rules = rules
    }

    var certifiable: EligibleResult? {
        switch outcome {
        case .eligible(let eligible): eligible
        case .asked(let eligible): eligible
        default: nil
        }
    }
}

extension Decision {
    init(_ reading: RowReading, _ outcome: Outcome, _ rules: [Rule] = []) {
        sheetRow = reading.sheetRow
        self.outcome = outcome
        findings = reading.findings + rules.map { Finding(sheetRow: reading.sheetRow, rule: $0) }
    }
}

extension EligibleResult {
    convenience init(_ judged: JudgedResult) {
        self.init(result: judged.result, occupation: judged.occupation)
    }
}
