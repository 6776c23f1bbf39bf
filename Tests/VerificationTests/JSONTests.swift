import Credential
import Foundation
import Seal
import TestSupport
import Testing
import Verification

/// The verdict as JSON, read by somebody else's decoder.
@Suite struct JSONTests {
    struct Answer: Decodable, Equatable {
        struct Check: Decodable, Equatable {
            let check: String
            let outcome: String
            let code: String?
        }
        struct Certificate: Decodable, Equatable {
            let id: String
            let number: String
            let version: Int
            let institution: String
            let institutionName: String
            let holderName: String
            let occupationCode: String
            let occupation: String
            let specialisation: String?
            let level: Int
            let awardDate: String
        }
        let verdict: String
        let reason: String?
        let checks: [Check]
        let certificate: Certificate?
    }

    private func answer(_ verdict: Verdict) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(verdict.json.utf8))
    }

    @Test("Every field arrives as it is in the certificate")
    func fields() throws {
        let certificate = try #require(try answer(Scene().verdict()).certificate)
        let expected = SampleCertificate.typical
        #expect(
            certificate
                == Answer.Certificate(
                    id: "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf", number: expected.number.text, version: 1,
                    institution: "4137012391", institutionName: "潍坊职业学院", holderName: "王小明",
                    occupationCode: "4-02-06-03", occupation: "物流服务师", specialisation: "冷链物流员", level: 3,
                    awardDate: "2026-06-30"))
    }

    @Test("The text has a fixed order, without space, and no empty fields")
    func wholeText() throws {
        let verdict = try Scene().verdict(of: [1])
        let rest = ["issuer", "scope", "status", "dates"].map { #",{"check":"\#($0)","outcome":"none"}"# }.joined()
        let signature = #"{"check":"signature","outcome":"unknown","code":"seal-damaged"}"#
        #expect(
            verdict.json == #"{"verdict":"could-not-check","reason":"seal-damaged","checks":[\#(signature)\#(rest)]}"#)
        let bare = try Scene.verdict { $0.claims.certificate.specialisation = nil }
        #expect(try answer(bare).certificate?.specialisation == nil)
        #expect(!bare.json.contains("specialisation"))
    }

    @Test(
        "Names arrive whole, whatever characters they have",
        arguments: [
            #"O"Brien"#, #"back\slash"#, #"\""#, #"\u0041"#, #"ends with \"#, "𠮷野", "䶮㛃𬱖", "买买提·艾合买提",
            "a/b</script>", "'&<>", "👩🏽‍🔧", "e\u{301}", "é", "\u{3000}空\u{A0}格", "\u{10FFFD}",
            String(repeating: "\"\\", count: 300),
        ])
    func names(name: String) throws {
        let verdict = try Scene.verdict { $0.claims.certificate.holderName = name }
        #expect(verdict.outcome == .valid)
        let read = try #require(try answer(verdict).certificate)
        #expect(Array(read.holderName.utf8) == Array(name.utf8))
        let general = try JSONSerialization.jsonObject(with: Data(verdict.json.utf8)) as? [String: Any]
        #expect((general?["certificate"] as? [String: Any])?["holderName"] as? String == name)
    }

    @Test("Every verdict reads back with its checks and codes", arguments: ReasonTests.ways)
    func everyReason(way: ReasonTests.Way) throws {
        let verdict = try way.verdict()
        let answer = try answer(verdict)
        #expect(answer.verdict == verdict.outcome.rawValue)
        #expect(answer.reason == verdict.reason?.rawValue)
        #expect(answer.checks.map(\.check) == ["signature", "issuer", "scope", "status", "dates"])
        let expected = verdict.checks.map { check in
            switch check.result {
            case .pass: Answer.Check(check: check.name.rawValue, outcome: "pass", code: nil)
            case .none: Answer.Check(check: check.name.rawValue, outcome: "none", code: nil)
            case .fail(let reason): Answer.Check(check: check.name.rawValue, outcome: "fail", code: reason.rawValue)
            case .unknown(let reason):
                Answer.Check(check: check.name.rawValue, outcome: "unknown", code: reason.rawValue)
            }
        }
        #expect(answer.checks == expected)
    }

    @Test("Verdicts appended to one another stand apart by what is put between them")
    func appended() throws {
        let (valid, malformed) = (try Scene().verdict(), try Scene().verdict(of: [1]))
        var bytes = Array("[".utf8)
        valid.appendJSON(to: &bytes)
        bytes.append(UInt8(ascii: ","))
        malformed.appendJSON(to: &bytes)
        bytes.append(UInt8(ascii: "]"))
        #expect(try JSONDecoder().decode([Answer].self, from: Data(bytes)) == [answer(valid), answer(malformed)])
    }
}
