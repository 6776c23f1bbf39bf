import Credential

/// What became of one candidate's attempt.
enum ExamOutcome {
    case marked(theory: Score, skill: Score)
    case absent
    case deferred
    case void(theory: Score, skill: Score)

    static let passMark = Score(hundredths: 6000)

    /// About 91 in a hundred pass both parts, as the sheets of real graduating classes do.
    init(random: inout SplitMix64) {
        switch random.next(below: 1000) {
        case 0..<20: self = .absent
        case 20..<24: self = .deferred
        case 24..<27:
            let (theory, skill) = Self.scores(random: &random)
            self = .void(theory: theory, skill: skill)
        default:
            let (theory, skill) = Self.scores(random: &random)
            self = .marked(theory: theory, skill: skill)
        }
    }

    /// Both depend on the candidate's ability; skill is marked a little higher.
    private static func scores(random: inout SplitMix64) -> (theory: Score, skill: Score) {
        let ability = random.bell(mean: 0, spread: 11)
        return (
            score(halfPoints: 147 + ability + random.bell(mean: 0, spread: 24), random: &random),
            score(halfPoints: 153 + ability + random.bell(mean: 0, spread: 24), random: &random)
        )
    }

    /// Mostly whole points; and a few right at the pass mark, where software goes wrong.
    private static func score(halfPoints: Int, random: inout SplitMix64) -> Score {
        switch random.next(below: 1000) {
        case 0..<4: return passMark
        case 4..<7: return Score(hundredths: 5950)
        case 7..<110: return Score(hundredths: min(200, halfPoints) * 50)
        default: return Score(hundredths: min(200, halfPoints) / 2 * 100)
        }
    }
}
