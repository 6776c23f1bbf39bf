import Credential
import Encodings
import Errors
import FoundationEssentials

/// Why pass rules cannot be used. Names the setting.
package struct PassRulesProblem: Explained, Hashable {
    package let words: BilingualText
    package var category: ErrorCategory { .configuration }
    package var codeName: String { "pass-rules" }

    init(zh: String, en: String) { words = BilingualText(zh: zh, en: en) }
}

extension PassRules {
    /// Reads pass rules from JSON such as
    ///
    ///     {"standard": {"theory": 60, "skill": 60, "review": 60}, "review_levels": [2, 1],
    ///      "exceptions": [{"occupation": "4-02-06-03", "level": 3, "theory": 60, "skill": 70}],
    ///      "resit_months": 24, "occupations_per_person": 2}
    ///
    /// Every part may be left out; an exception without `review` has none.
    package init(json: [UInt8]) throws(PassRulesProblem) {
        let raw: RawPassRules
        do {
            raw = try JSONDecoder().decode(RawPassRules.self, from: Data(json))
        } catch let problem as PassRulesProblem {
            throw problem
        } catch {
            throw PassRulesProblem(
                zh: "合格规则不是所要求形式的 JSON：\(error)", en: "the pass rules are not JSON of the expected form: \(error)")
        }
        self.init()
        if let standard = raw.standard { self.standard = try standard.checked("standard", defaults: self.standard) }
        if let levels = raw.reviewLevels {
            reviewLevels = []
            for level in levels { reviewLevels.insert(try SkillLevel.checked(level, "review_levels")) }
        }
        if let months = raw.resitMonths {
            guard (0...600).contains(months) else {
                throw PassRulesProblem(zh: "resit_months 应在 0 与 600 之间", en: "resit_months must lie between 0 and 600")
            }
            resitMonths = months
        }
        if let count = raw.occupationsPerPerson {
            guard count >= 1 else {
                throw PassRulesProblem(
                    zh: "occupations_per_person 至少为 1", en: "occupations_per_person must be at least 1")
            }
            occupationsPerPerson = count
        }
        for (index, exception) in (raw.exceptions ?? []).enumerated() {
            let name = "exceptions[\(index)]"
            let key = Key(
                occupationCode: exception.occupation, level: try SkillLevel.checked(exception.level, "\(name).level"))
            guard exceptions[key] == nil else {
                throw PassRulesProblem(zh: "\(name) 出现了两次", en: "\(name) is there twice")
            }
            let bare = PassRule(theory: standard.theory, skill: standard.skill, review: nil)
            exceptions[key] = try exception.minimum.checked(name, defaults: bare)
        }
    }
}

/// The document as it stands; nothing of it is trusted yet.
private struct RawPassRules: Decodable {
    let standard: RawMinimum?
    let reviewLevels: [Int]?
    let exceptions: [RawException]?
    let resitMonths: Int?
    let occupationsPerPerson: Int?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case standard, exceptions
        case reviewLevels = "review_levels"
        case resitMonths = "resit_months"
        case occupationsPerPerson = "occupations_per_person"
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        standard = try container.decodeIfPresent(RawMinimum.self, forKey: .standard)
        reviewLevels = try container.decodeIfPresent([Int].self, forKey: .reviewLevels)
        exceptions = try container.decodeIfPresent([RawException].self, forKey: .exceptions)
        resitMonths = try container.decodeIfPresent(Int.self, forKey: .resitMonths)
        occupationsPerPerson = try container.decodeIfPresent(Int.self, forKey: .occupationsPerPerson)
    }
}

private struct RawException: Decodable {
    let occupation: String
    let level: Int
    let minimum: RawMinimum

    private enum CodingKeys: String, CodingKey { case occupation, level }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        occupation = try container.decode(String.self, forKey: .occupation)
        level = try container.decode(Int.self, forKey: .level)
        minimum = try RawMinimum(from: decoder, alsoAllowing: ["occupation", "level"])
    }
}

private struct RawMinimum: Decodable {
    let theory: Double?
    let skill: Double?
    let review: Double?

    private enum CodingKeys: String, CodingKey, CaseIterable { case theory, skill, review }

    init(from decoder: any Decoder) throws { try self.init(from: decoder, alsoAllowing: []) }

    init(from decoder: any Decoder, alsoAllowing others: [String]) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.allCases.map(\.rawValue) + others)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        theory = try container.decodeIfPresent(Double.self, forKey: .theory)
        skill = try container.decodeIfPresent(Double.self, forKey: .skill)
        review = try container.decodeIfPresent(Double.self, forKey: .review)
    }

    func checked(_ name: String, defaults: PassRule) throws(PassRulesProblem) -> PassRule {
        PassRule(
            theory: try Score.checked(theory, "\(name).theory") ?? defaults.theory,
            skill: try Score.checked(skill, "\(name).skill") ?? defaults.skill,
            review: try Score.checked(review, "\(name).review") ?? defaults.review)
    }
}

extension Decoder {
    fileprivate func refuseUnknownKeys(besides known: [String]) throws {
        if let key = try unknownKey(besides: known) {
            let path = (codingPath.map(\.stringValue) + [key]).joined(separator: ".")
            throw PassRulesProblem(zh: "\(path) 不是合格规则的设置项", en: "\(path) is no setting of the pass rules")
        }
    }
}

extension Score {
    fileprivate static func checked(_ value: Double?, _ name: String) throws(PassRulesProblem) -> Score? {
        guard let value else { return nil }
        let hundredths = (value * 100).rounded()
        guard (0...10_000).contains(hundredths), abs(hundredths - value * 100) < 1e-6 else {
            throw PassRulesProblem(
                zh: "\(name) 应在 0 与 100 之间，最多两位小数", en: "\(name) must lie between 0 and 100 with at most two decimals")
        }
        return Score(hundredths: Int(hundredths))
    }
}

extension SkillLevel {
    fileprivate static func checked(_ value: Int, _ name: String) throws(PassRulesProblem) -> SkillLevel {
        guard let level = SkillLevel(rawValue: value) else {
            throw PassRulesProblem(zh: "\(name)：没有等级 \(value)", en: "\(name): there is no level \(value)")
        }
        return level
    }
}
