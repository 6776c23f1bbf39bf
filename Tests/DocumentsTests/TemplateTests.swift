import Documents
import Foundation
import Testing

@Suite struct TemplateTests {
    private let landscape = String(decoding: PageTemplate.BuiltIn.landscape.json, as: UTF8.self)

    @Test("what is built in can be read")
    func builtIn() throws {
        for look in PageTemplate.BuiltIn.allCases { _ = try PageTemplate(look) }
    }

    @Test(
        "mistakes are refused by name",
        arguments: [
            ("\"colour\": \"teal\"", "\"colour\": \"mauve\"", "mauve"),
            ("\"style\": \"title\"", "\"style\": \"titel\"", "titel"),
            ("\"tracking\"", "\"traking\"", "traking"),
            ("{number}", "{nummer}", "nummer"),
            ("\"size\": 44", "\"size\": 12", "30 mm"),
            ("#1B2A33", "black", "black"),
            ("\"type\": \"rosette\"", "\"type\": \"rose\"", "rose"),
        ])
    func mistakes(from: String, to: String, named: String) throws {
        #expect(landscape.contains(from))
        // The QR code's size is the last of its kind.
        let broken =
            from.hasPrefix("\"size\": 44")
            ? landscape.replacingOccurrences(of: "\"y\": 73, \"size\": 44", with: "\"y\": 73, \"size\": 12")
            : landscape.replacingOccurrences(of: from, with: to)
        let problem = #expect(throws: TemplateProblem.self) { try PageTemplate(json: Array(broken.utf8)) }
        #expect(problem?.description.contains(named) ?? false, "\(String(describing: problem))")
    }

    @Test("a look without what a certificate must show draws nothing")
    func missingParts() throws {
        let lines = landscape.split(separator: "\n", omittingEmptySubsequences: false)
        for part in ["{document.number}", "\"type\": \"qr\""] {
            let text = lines.filter { !$0.contains(part) }.joined(separator: "\n")
            let template = try PageTemplate(json: Array(text.utf8))
            #expect(throws: TemplateProblem.self) { try PageRenderer(template, language: .chinese) }
        }
    }

    @Test("a first font that is not installed is said, not replaced")
    func missingFont() throws {
        let text = landscape.replacingOccurrences(of: "[\"LXGW WenKai\"", with: "[\"No Such Font\"")
        let template = try PageTemplate(json: Array(text.utf8))
        #expect(throws: DocumentProblem.fontMissing("No Such Font")) {
            try PageRenderer(template, language: .chinese)
        }
        #expect(throws: DocumentProblem.fontMissing("No Such Font")) { try GlyphPreflight(template) }
    }
}
