import Credential
import Eligibility
import Results
import Testing

@Suite struct PassRulesTests {
    private func rules(_ json: String) throws -> PassRules { try PassRules(json: Array(json.utf8)) }

    @Test("an empty document is the default")
    func empty() throws {
        #expect(try rules("{}") == PassRules())
        #expect(PassRules().rule(occupationCode: "x", level: .seniorWorker).review == nil)
        #expect(PassRules().rule(occupationCode: "x", level: .technician).review == Score(hundredths: 6000))
    }

    @Test("exceptions hold for one occupation and level")
    func exceptions() throws {
        let rules = try rules(
            """
            {"standard": {"theory": 55.5}, "review_levels": [1],
             "exceptions": [{"occupation": "4-02-06-03", "level": 3, "skill": 70, "review": 65}]}
            """)
        let exception = rules.rule(occupationCode: "4-02-06-03", level: .seniorWorker)
        #expect(
            exception
                == PassRule(
                    theory: Score(hundredths: 5550), skill: Score(hundredths: 7000), review: Score(hundredths: 6500)))
        let other = rules.rule(occupationCode: "4-02-06-03", level: .technician)
        #expect(other == PassRule(theory: Score(hundredths: 5550), skill: Score(hundredths: 6000), review: nil))
        #expect(decide(result(), rules: rules).bin == .quarantined)
    }

    @Test(
        "a wrong setting is refused and named",
        arguments: [
            (#"{"standrad": {}}"#, "standrad"), (#"{"standard": {"theroy": 60}}"#, "standard.theroy"),
            (#"{"standard": {"theory": 101}}"#, "standard.theory"),
            (#"{"standard": {"theory": 59.999}}"#, "standard.theory"),
            (#"{"review_levels": [7]}"#, "review_levels"),
            (#"{"exceptions": [{"occupation": "a", "level": 9}]}"#, "exceptions[0].level"),
            (#"{"exceptions": [{"occupation": "a", "level": 3}, {"occupation": "a", "level": 3}]}"#, "exceptions[1]"),
            ("[]", "JSON"), ("{", "JSON"),
        ])
    func wrong(json: String, named: String) throws {
        let problem = try #require(throws: PassRulesProblem.self) { _ = try rules(json) }
        #expect("\(problem)".contains(named))
    }
}
