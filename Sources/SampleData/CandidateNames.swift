/// Names as a graduating class of 2026 has them.
enum CandidateNames {
    /// U+00B7, which joins the parts of many minority names.
    static let separator = "\u{00B7}"

    static func name(isFemale: Bool, random: inout SplitMix64) -> String {
        switch random.next(below: 1000) {
        case 0..<10: minorityName(isFemale: isFemale, random: &random)
        case 10..<15: random.pick(surnames) + given(isFemale, &random) + random.pick(rareCharacters)
        case 15..<19: random.pick(compoundSurnames) + given(isFemale, &random) + given(isFemale, &random)
        case 19..<240: random.pick(surnames) + given(isFemale, &random)
        default: random.pick(surnames) + given(isFemale, &random) + given(isFemale, &random)
        }
    }

    private static func given(_ isFemale: Bool, _ random: inout SplitMix64) -> String {
        random.pick(isFemale ? femaleCharacters : maleCharacters)
    }

    private static func minorityName(isFemale: Bool, random: inout SplitMix64) -> String {
        random.pick(isFemale ? minorityFemaleNames : minorityMaleNames) + separator + random.pick(minorityFatherNames)
    }
}
