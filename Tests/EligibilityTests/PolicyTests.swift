import Credential
import Eligibility
import Results
import Testing

@Suite struct PolicyTests {
    @Test("a passing result of a filed occupation is eligible, under the filing's names")
    func eligible() throws {
        let decision = decide(result { $0.occupationName = "" })
        #expect(decision.eligible?.occupation == logistics && decision.eligible?.level == .seniorWorker)
        #expect(decision.sheetRow == 7 && decision.findings.isEmpty)
    }

    @Test("59.5 fails: nothing is rounded")
    func noRounding() {
        #expect(decide(result { $0.theory = Score(hundredths: 5950) }).bin == .failed)
        #expect(decide(result { $0.skill = Score(hundredths: 5999) }).bin == .failed)
    }

    @Test("levels 2 and 1 need a review")
    func review() {
        func decision(_ review: Int?) -> Decision {
            decide(
                result {
                    $0.level = .technician
                    $0.review = review.map { Score(hundredths: $0) }
                })
        }
        #expect(decision(6000).eligible != nil)
        #expect(decision(5900).bin == .failed)
        #expect(decision(nil).bin == .quarantined && decision(nil).codes == ["review-missing"])
    }

    @Test("36 a stated outcome that the rule contradicts is asked about")
    func statedOutcome() {
        let pass = decide(
            result {
                $0.theory = Score(hundredths: 5950)
                $0.statedOutcome = .passed
            })
        #expect(pass.bin == .quarantined && pass.findings.map(\.anomaly) == [36])
        #expect(decide(result { $0.statedOutcome = .failed }).codes == ["outcome-contradicts"])
        #expect(decide(result { $0.statedOutcome = .passed }).eligible != nil)
    }

    @Test(
        "45 code and name that disagree are asked about",
        arguments: [("5-05-01-02", "物流服务师"), ("9-99-99-99", "物流服务师"), ("4-02-06-03", "仪器仪表制造工")])
    func contradiction(code: String, name: String) {
        let decision = decide(
            result {
                $0.occupationCode = code
                $0.occupationName = name
            })
        #expect(decision.bin == .quarantined && decision.findings.map(\.anomaly) == [45])
    }

    @Test("46 what is not filed is rejected")
    func notFiled() {
        let changes: [(inout ExamResult) -> Void] = [
            { $0.examDate = day("2023-12-31") }, { $0.examDate = day("2027-01-01") }, { $0.level = .juniorWorker },
            { ($0.occupationCode, $0.occupationName) = ("6-26-01-01", "仪器仪表制造工") },
            { ($0.occupationCode, $0.occupationName) = ("", "电工") },
            { ($0.occupationCode, $0.occupationName) = ("9-99-99-99", "") },
        ]
        for change in changes {
            let decision = decide(result(change))
            #expect(decision.bin == .rejected && decision.findings.map(\.anomaly) == [46])
        }
        for day in [day("2024-01-01"), day("2026-12-31")] {
            #expect(decide(result { $0.examDate = day }).eligible != nil)
        }
    }

    @Test("a name alone finds its occupation, brackets in either width")
    func nameAlone() {
        for name in ["农业经理人（新型）", "农业经理人(新型)"] {
            let decision = decide(
                result {
                    $0.occupationCode = ""
                    $0.occupationName = name
                })
            #expect(decision.eligible?.occupation == farming)
        }
    }

    @Test("45 a name that two filed occupations share is asked about")
    func ambiguous() {
        let twin = Occupation(code: "4-02-06-99", name: logistics.name)
        let policy = EligibilityPolicy(
            institution: college, register: FilingRegister([filing(logistics), filing(twin)]))
        let reading = RowReading(sheetRow: 1, findings: [], content: .result(result { $0.occupationCode = "" }))
        var memo = RegistryMemo()
        #expect(policy.decide(reading, &memo).codes == ["occupation-ambiguous"])
    }

    @Test("another institution's row is rejected")
    func otherInstitution() {
        #expect(decide(result { $0.institutionCode = college.text }).eligible != nil)
        let decision = decide(result { $0.institutionCode = "4137011067" })
        #expect(decision.bin == .rejected && decision.codes == ["other-institution"])
    }

    @Test("what reading has settled stays settled, with its findings")
    func settled() {
        let policy = EligibilityPolicy(institution: college, register: register)
        for bin in Bin.allCases {
            let finding = Finding(sheetRow: 3, rule: .repeatedRow)
            var memo = RegistryMemo()
            let decision = policy.decide(
                RowReading(sheetRow: 3, findings: [finding], content: .binned(bin)), &memo)
            #expect(decision.bin == bin && decision.findings == [finding])
        }
    }

    @Test("rules have codes of their own")
    func codes() {
        let codes = (Rule.reading + Rule.judging).map(\.code)
        #expect(Set(codes).count == codes.count)
    }
}
