import Credential
import Results

/// What a candidate must reach in each part. No rounding: 59.5 is less than 60.
package struct PassRule: Hashable, Sendable {
    package var theory: Score
    package var skill: Score
    /// Nil where the level has no comprehensive review.
    package var review: Score?

    package init(theory: Score, skill: Score, review: Score?) {
        self.theory = theory
        self.skill = skill
        self.review = review
    }

    package enum Verdict: Hashable, Sendable { case passed, failed, incomplete }

    /// Whether a part is passed by a point or less, so that a slip of the pen would decide it.
    package func isNearMinimum(theory: Score?, skill: Score?, review: Score?) -> Bool {
        let parts: [(Score?, Score?)] = [(theory, self.theory), (skill, self.skill), (review, self.review)]
        return parts.contains { score, minimum in
            guard let score, let minimum else { return false }
            return (0...Score.point.hundredths).contains(score.hundredths - minimum.hundredths)
        }
    }

    /// A part failed settles it, whatever else is missing.
    package func verdict(theory: Score?, skill: Score?, review: Score?) -> Verdict {
        let parts: [(Score?, Score?)] = [(theory, self.theory), (skill, self.skill), (review, self.review)]
        let required = parts.compactMap { score, minimum in minimum.map { (score, $0) } }
        if required.contains(where: { score, minimum in score.map { $0 < minimum } ?? false }) { return .failed }
        return required.allSatisfy { $0.0 != nil } ? .passed : .incomplete
    }
}

/// The pass rules of a place: one for all, and exceptions of an occupation's standard.
package struct PassRules: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package var occupationCode: String
        package var level: SkillLevel

        package init(occupationCode: String, level: SkillLevel) {
            self.occupationCode = occupationCode
            self.level = level
        }
    }

    /// Minimum scores of all occupations without an exception of their own.
    package var standard: PassRule
    /// Levels that have a comprehensive review; elsewhere the standard's `review` is not asked for.
    package var reviewLevels: Set<SkillLevel>
    package var exceptions: [Key: PassRule]
    /// results.md, 31: for how long a passed part counts towards a resit.
    package var resitMonths: Int
    /// results.md, 25: how many occupations one person may be certified in by one sheet; nil when that is not limited.
    package var occupationsPerPerson: Int?

    /// By default 60 in each part, with a review at levels 2 and 1, and parts kept for two years.
    package init(
        standard: PassRule = PassRule(theory: .sixty, skill: .sixty, review: .sixty),
        reviewLevels: Set<SkillLevel> = [.technician, .seniorTechnician], exceptions: [Key: PassRule] = [:],
        resitMonths: Int = 24, occupationsPerPerson: Int? = nil
    ) {
        self.standard = standard
        self.reviewLevels = reviewLevels
        self.exceptions = exceptions
        self.resitMonths = resitMonths
        self.occupationsPerPerson = occupationsPerPerson
    }

    package func rule(occupationCode: String, level: SkillLevel) -> PassRule {
        if !exceptions.isEmpty, let rule = exceptions[Key(occupationCode: occupationCode, level: level)] { return rule }
        guard !reviewLevels.contains(level) else { return standard }
        return PassRule(theory: standard.theory, skill: standard.skill, review: nil)
    }
}

extension Score {
    package static let sixty = Score(hundredths: 6000)
    static let point = Score(hundredths: 100)
}
