import Credential
import Eligibility
import Errors
import Foundation
import Issuance
import Results
import Testing

@Suite("Rules as data")
struct RuleTests {
    private let all = Rule.reading + Rule.judging + Rule.printing + [.alreadyHeld, .issuedBefore, .settled]

    @Test("codes are distinct, sentences are there and end")
    func distinct() {
        #expect(Set(all.map(\.code)).count == all.count)
        for rule in all {
            #expect(rule.text.zh.hasSuffix("。") && rule.text.en.hasSuffix("."), "\(rule.code)")
            #expect(rule.anomaly.map((1...59).contains) ?? true)
        }
    }

    @Test("what a human must do something about says what")
    func advice() {
        for rule in all where rule.severity == .ask { #expect(!rule.parts.advice.isEmpty, "\(rule.code)") }
    }

    @Test("docs/results.md lists every rule with what becomes of the row")
    func documented() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/results.md")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
        let words: [Severity: String] = [.fixed: "mended", .warn: "noted", .ask: "**asked**", .reject: "**refused**"]
        for rule in all {
            let cells = "| \(rule.anomaly.map(String.init) ?? "–") | `\(rule.code)` | \(words[rule.severity]!) |"
            #expect(lines.contains { $0.hasPrefix(cells) }, "\(cells)")
        }
    }
}
