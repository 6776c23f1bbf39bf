import Foundation
import Testing

@Suite struct HintTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func files(_ folder: String, _ ending: String) throws -> [(name: String, text: String)] {
        let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap {
            $0 as? String
        }
        return try (names ?? []).filter { $0.hasSuffix(ending) }.sorted().map {
            ($0, try String(contentsOf: root.appending(path: "\(folder)/\($0)"), encoding: .utf8))
        }
    }

    private func objections(_ hints: Hints, _ name: String) -> [String] {
        let unknown = hints.programs.filter {
            !FileManager.default.isExecutableFile(atPath: Self.root.appending(path: $0).path)
        }
        return hints.commands.compactMap(Hints.objection).map { "\(name): \($0)" } + unknown.map { "\(name): no \($0)" }
    }

    @Test("the program takes every command that its own sentences name")
    func sources() throws {
        let files = try Self.files("Sources", ".swift")
        let all = files.map { ($0.name, Hints(inSource: $0.text)) }
        #expect(all.reduce(0) { $0 + $1.1.commands.count } > 120)
        let found = all.flatMap { objections($0.1, $0.0) }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("the program takes every command that it printed in a transcript")
    func transcripts() throws {
        let files = try Self.files("Tests/CLITests/Scripts", ".txt")
        // What is behind a prompt was run.
        let all = files.map {
            ($0.name, Hints(in: $0.text.split(separator: "\n").filter { !$0.hasPrefix("$") }.joined(separator: "\n")))
        }
        #expect(all.reduce(0) { $0 + $1.1.commands.count } > 20)
        let found = all.flatMap { objections($0.1, $0.0) }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test(
        "the control: a wrong word is found",
        arguments: [
            "run: signet trust publihs", "run: signet reissue --key KID", "see: signet repot",
            "signet batches --institutoin X",
            "run: signet status publish now.txt", "run: dev/tset",
        ])
    func control(sentence: String) {
        #expect(objections(Hints(in: sentence), "").count == 1)
        #expect(objections(Hints(inSource: "let words = \"\(sentence)\""), "").count == 1)
    }

    @Test(
        "and prose behind a command is none of it",
        arguments: [
            "run: signet trust publish, and then signet status publish so that phones know",
            "nothing of signet: \"signet keys list\"",
            "signet documents approve --help tells more", "signet revoke Y1 --reason misconduct --note 'a b'.",
            "dev/test runs all",
        ])
    func prose(sentence: String) {
        #expect(objections(Hints(in: sentence), "") == [])
        #expect(!Hints(in: sentence).commands.isEmpty || !Hints(in: sentence).programs.isEmpty)
    }
}
