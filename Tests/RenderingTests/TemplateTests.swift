import Foundation
import Rendering
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
        #expect(problem.map { "\($0)" }?.contains(named) ?? false, "\(String(describing: problem))")
    }

    @Test(
        "a look that hides what is sealed is refused in words",
        arguments: [
            ("#1B2A33", "#F4F6F6", "hardly differs"),
            ("\"style\": \"name\", \"text\": \"{name}\"", "\"style\": \"tiny\", \"text\": \"{name}\"", "as small as"),
            ("\"x\": 109, \"y\": 70.0, \"width\": 100", "\"x\": 209, \"y\": 70.0, \"width\": 100", "within the page"),
            ("\"elements\": [", "\"elements\": [\u{1}", "darker colour"),
            ("\n  ]\n}", ", \u{1}\n  ]\n}", "covered"),
            ("\n  ]\n}", ", \u{2}\n  ]\n}", "covered"),
        ])
    func hidden(from: String, to: String, words: String) throws {
        let filled = #"{"type": "rectangle", "x": 105, "y": 68, "width": 60, "height": 20, "fill": "ink"}"#
        let picture = #"{"type": "image", "file": "a.png", "x": 105, "y": 68, "width": 60, "height": 20}"#
        // Behind the text the same rectangle takes its contrast; before it, it covers.
        let change = to.replacingOccurrences(of: "\u{1}", with: to.hasSuffix("[\u{1}") ? filled + "," : filled)
            .replacingOccurrences(of: "\u{2}", with: picture)
        let styled = landscape.replacingOccurrences(
            of: "\"styles\": {", with: "\"styles\": {\"tiny\": {\"font\": \"kai\", \"size\": 1, \"colour\": \"ink\"},")
        // Control: with the new style alone it is as good as before.
        _ = try PageTemplate(json: Array(styled.utf8))
        #expect(styled.contains(from))
        let hiding = styled.replacingOccurrences(of: from, with: change)
        let problem = #expect(throws: TemplateProblem.self) { try PageTemplate(json: Array(hiding.utf8)) }
        #expect(problem.map { "\($0)" }?.contains(words) ?? false, "\(String(describing: problem))")
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
