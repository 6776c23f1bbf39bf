import Foundation
import TestSupport
import Testing

@Suite struct TranscriptTests {
    private static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")

    private func problems(_ text: String) throws -> [String] {
        let folder = try TemporaryDirectory()
        return try Transcript(text).problems(in: Shell(folder: folder.path))
    }

    /// All of them, or those that SIGNET_TRANSCRIPTS names: dev/test --quick asks for a few.
    private static var names: [String] {
        if let few = ProcessInfo.processInfo.environment["SIGNET_TRANSCRIPTS"] {
            return few.split(separator: " ").map(String.init)
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: scripts.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }

    @Test("the command line says what its transcripts say", arguments: names)
    func transcript(name: String) throws {
        let text = try String(contentsOf: Self.scripts.appending(path: name + ".txt"), encoding: .utf8)
        let found = try problems(text)
        #expect(found.isEmpty, "\(found.joined(separator: "\n\n"))")
    }

    @Test("the transcripts are found")
    func found() { #expect(Self.names.contains("first-run")) }

    @Test("the control: a transcript that is wrong in a word, a line or an exit code is found out")
    func control() throws {
        #expect(try problems("$ echo one two\none two\n") == [])
        #expect(try problems("$ echo one two\none [..]\n") == [])
        #expect(try problems("$ printf 'a\\nb\\nc\\n'; exit 3\na\n...\nc\n? 3\n") == [])
        #expect(try problems("$ echo one two\none three\n").count == 1)
        #expect(try problems("$ echo one\n").count == 1)
        #expect(try problems("$ exit 3\n").count == 1)
        #expect(try problems("$ echo abc\nab[..]bc\n").count == 1)
    }

    @Test("no error repeats an identity number or a passphrase")
    func canary() throws {
        let folder = try TemporaryDirectory()
        let shell = Shell(folder: folder.path)
        let text = try String(contentsOf: Self.scripts.appending(path: "findings.txt"), encoding: .utf8)
        for command in Transcript(text).commands where !command.line.hasPrefix("cat") {
            let output = try shell.run(command.line).output.joined(separator: "\n")
            #expect(!output.contains("37070120040215") && !output.contains("a passphrase for tests"))
        }
        // The control: the canary was there to be repeated.
        #expect(try shell.run("cat bad.csv").output.joined().contains("37070120040215"))
    }
}
