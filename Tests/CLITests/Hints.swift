import Acts
import ArgumentParser
import Foundation

@testable import signet

/// The next steps that a text tells its reader to take, as far as they are commands of ours.
struct Hints {
    /// Command lines without the program's name, each word as it stands; a value that is filled in is `VALUE`.
    private(set) var commands: [[String]] = []
    /// Programs of the folder `dev`.
    private(set) var programs: Set<String> = []

    /// What begins like a command and is none.
    private static let prose = ["signet key for"]

    /// - Parameter text: what people read.
    init(in text: String) {
        for match in text.matches(of: /\bdev\/[a-z][a-z-]*/) { programs.insert(String(match.output)) }
        for match in text.matches(of: /(?:^|[^\w.\/-])signet (?=[a-z])/) {
            let rest = text[match.range.upperBound...]
            if Self.prose.contains(where: { "signet \(rest.prefix(40))".hasPrefix($0) }) { continue }
            commands.append(Self.words(rest.prefix { $0 != "\n" }))
        }
    }

    /// What a Swift source says in its literals.
    init(inSource source: String) {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).filter {
            !$0.drop(while: \.isWhitespace).hasPrefix("//")
        }
        let named = lines.indices.filter { lines[$0].contains("signet ") || lines[$0].contains("dev/") }
        // A sentence goes on in the next line.
        let near = Set(named.flatMap { [$0, $0 + 1] }).sorted().filter(lines.indices.contains)
        var text = near.map { String(lines[$0]) }.joined(separator: "\n")
        text.replace(/"\s*\n\s*\+ "/, with: "")
        text.replace(/\\\n\s*/, with: "")
        text.replace("\\n", with: "\n")
        text.replace("\\\"", with: "'")
        text = Self.filled(text, "\\(kind.rawValue)", RegistryKind.allCases.map(\.rawValue))
        text.replace(/\\\((?:[^()]|\([^()]*\))*\)/, with: "VALUE")
        self.init(in: text)
    }

    /// With each of the values that are part of a command's words.
    private static func filled(_ text: String, _ token: String, _ values: [String]) -> String {
        text.split(separator: "\n").map(String.init).flatMap { line in
            line.contains(token) ? values.map { line.replacing(token, with: $0) } : [line]
        }.joined(separator: "\n")
    }

    /// Up to where prose goes on.
    private static func words(_ text: Substring) -> [String] {
        var words: [String] = []
        var command: any ParsableCommand.Type = Signet.self
        for match in text.matches(of: /'[^']*'|\S+/) {
            var plain = match.output.prefix { !"\"（），。；、`[".contains($0) }
            // What ends a sentence is part of a name only within it.
            while let last = plain.last, ".,;:)".contains(last) { plain.removeLast() }
            guard !plain.isEmpty else { break }
            let subcommands = command.configuration.subcommands
            if !plain.hasPrefix("-"), let next = subcommands.first(where: { $0._commandName == String(plain) }) {
                command = next
            } else if subcommands.isEmpty || !(plain.first?.isLowercase ?? false) {
                let isValue = plain.contains { $0.isUppercase || $0.isNumber || "./'".contains($0) }
                guard isValue || plain.hasPrefix("--") || words.last?.hasPrefix("--") == true else { break }
            }
            words.append(String(plain.filter { $0 != "'" }))
            if plain.count < match.output.count { break }
        }
        return words
    }

    /// What the program itself says against a command line; nil where it takes it, or misses only what a hint leaves open.
    static func objection(to words: [String]) -> String? {
        // Behind a flag prose may go on.
        if words.count > 1, let last = words.last, last.allSatisfy(\.isLowercase),
            words.dropLast().last?.hasPrefix("--") == true,
            objection(toExactly: Array(words.dropLast())) == nil
        {
            return objection(toExactly: words) == nil ? nil : objection(toExactly: Array(words.dropLast()))
        }
        return objection(toExactly: words)
    }

    private static func objection(toExactly words: [String]) -> String? {
        do {
            _ = try Signet.parseAsRoot(words)
            return nil
        } catch {
            let message = Signet.message(for: error)
            let isWrong = ["Unknown option", "nexpected argument", "No such"].contains { message.contains($0) }
            let isBadValue = message.contains("is invalid for") && !message.contains(/The value '[A-Z]+'/)
            return isWrong || isBadValue ? "signet \(words.joined(separator: " ")): \(message)" : nil
        }
    }
}
