import Foundation
import TestSupport

/// A script of commands with the output that is expected, in one text file:
///
///     $ command          run by /bin/sh
///     output             as it must come (standard output and standard error)
///     ...                any lines
///     issued [..] rows   [..] is anything within a line
///     ? 65               the exit code, when it is not 0
struct Transcript {
    struct Command {
        let line: String
        var expected: [String] = []
        var exitCode: Int32 = 0
    }

    let commands: [Command]

    init(_ text: String) {
        var commands: [Command] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("$ ") {
                commands.append(Command(line: String(line.dropFirst(2))))
            } else if !commands.isEmpty, line.hasPrefix("? ") {
                commands[commands.count - 1].exitCode = Int32(line.dropFirst(2)) ?? -1
            } else if !commands.isEmpty, !line.hasPrefix("#") {
                commands[commands.count - 1].expected.append(line)
            }
        }
        self.commands = commands.map { command in
            var command = command
            while command.expected.last == "" { command.expected.removeLast() }
            return command
        }
    }

    /// What differs, for a person to read; empty when all is as expected.
    func problems(in shell: Shell) throws -> [String] {
        try commands.compactMap { command in
            let (output, exitCode) = try shell.run(command.line)
            guard exitCode == command.exitCode, Self.matches(output[...], command.expected[...]) else {
                return """
                    $ \(command.line)
                    expected (exit code \(command.exitCode)):
                    \(command.expected.joined(separator: "\n"))
                    came (exit code \(exitCode)):
                    \(output.joined(separator: "\n"))
                    """
            }
            return nil
        }
    }

    static func matches(_ lines: ArraySlice<String>, _ patterns: ArraySlice<String>) -> Bool {
        guard let pattern = patterns.first else { return lines.isEmpty }
        if pattern == "..." {
            return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], patterns.dropFirst()) }
        }
        guard let line = lines.first, matches(line, pattern) else { return false }
        return matches(lines.dropFirst(), patterns.dropFirst())
    }

    private static func matches(_ line: String, _ pattern: String) -> Bool {
        let parts = pattern.components(separatedBy: "[..]")
        guard parts.count > 1 else { return line == pattern }
        guard line.hasPrefix(parts[0]), line.hasSuffix(parts[parts.count - 1]) else { return false }
        var rest = line.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= parts[parts.count - 1].count
    }
}

/// Runs commands in a folder of their own, with the `signet` that was built beside the tests.
final class Shell: Sendable {
    let folder: String

    init(folder: String) {
        self.folder = folder
    }

    func run(_ command: String) throws -> (output: [String], exitCode: Int32) {
        let environment = [
            "PATH": "\(Products.folder):/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "SIGNET_PASSPHRASE": "a passphrase for tests", "LD_LIBRARY_PATH": Self.environment("LD_LIBRARY_PATH"),
        ]
        let ended = try TestSupport.Command(
            ["/bin/sh", "-c", "exec 2>&1; \(command)"], in: folder, environment: environment
        ).run()
        var lines = ended.text.components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        return (lines, ended.exitCode)
    }

    private static func environment(_ name: String) -> String { ProcessInfo.processInfo.environment[name] ?? "" }
}
