import Credential

/// What became of an attempt, from the five cells that may tell.
struct Attempt {
    let theory: Score?
    let skill: Score?
    let review: Score?
    let stated: StatedOutcome?
    let remark: String
    let isResit: Bool
    /// Set when the attempt has no result to be judged.
    let bin: Bin?

    init(
        theory: ScoreCell, skill: ScoreCell, review: ScoreCell, stated: OutcomeRule.Stated, remark: OutcomeRule.Remark,
        isResit: Bool, _ findings: inout RowFindings
    ) {
        self.theory = theory.score
        self.skill = skill.score
        self.review = review.score
        self.stated = stated.outcome
        self.remark = remark.text
        self.isResit = isResit
        let inScores = [theory.mark, skill.mark, review.mark].compactMap { $0 }.max()
        let besideScores = [stated.mark, remark.mark].compactMap { $0 }.max()
        switch max(inScores?.rawValue ?? 0, besideScores?.rawValue ?? 0) {
        case AttemptMark.void.rawValue:
            findings.add(.voidAttempt)
            bin = .void
        case 0:
            bin = nil
            // A resit leaves out what was passed before.
            let isPart = isResit && (theory.score != nil || skill.score != nil || review.score != nil)
            if !isPart {
                Self.requireScore(theory, .theory, &findings)
                Self.requireScore(skill, .skill, &findings)
            }
        case let mark:
            // Marked and yet absent: one of the two is wrong.
            let isMarked = (theory.score?.hundredths ?? 0) > 0 && (skill.score?.hundredths ?? 0) > 0
            if inScores == nil, isMarked { findings.add(.remarkContradicts, .remark) }
            bin = inScores == nil && isMarked ? nil : mark == AttemptMark.pending.rawValue ? .pending : .absent
        }
    }

    /// results.md, 28: a blank is not a zero.
    private static func requireScore(_ cell: ScoreCell, _ field: Field, _ findings: inout RowFindings) {
        if case .blank = cell { findings.add(.scoreMissing, field) }
    }
}

extension ScoreCell {
    var score: Score? {
        if case .score(let score) = self { score } else { nil }
    }

    var mark: AttemptMark? {
        if case .attempt(let mark) = self { mark } else { nil }
    }
}
