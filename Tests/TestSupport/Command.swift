import Glibc

/// A program that a test runs to its end, by the C library: `Process` of Foundation 6.3 reads beyond a directory's
/// entries when it looks for open files, and now and then ends the whole test program by that.
public struct Command: Sendable {
    public struct Ended: Sendable {
        /// What it wrote on standard output.
        public let output: [UInt8]
        /// As `waitpid` gives it.
        fileprivate let status: Int32

        public var text: String { String(decoding: output, as: UTF8.self) }
        /// Of a program that was ended by a signal, 128 more than the signal's number, as shells have it.
        public var exitCode: Int32 { signal == 0 ? (status >> 8) & 0xFF : 128 + signal }
        /// 0 for a program that ended by itself.
        public var signal: Int32 { status & 0x7F }
    }

    public struct CannotStart: Error {}

    private let line: String

    /// - Parameters:
    ///   - arguments: the program, by its path or its name, and what it is given.
    ///   - environment: all that it has; nil for that of the tests.
    ///   - seconds: after which it is ended; no test waits for ever.
    public init(
        _ arguments: [String], in folder: String = ".", environment: [String: String]? = nil, seconds: Int = 120
    ) {
        let variables =
            environment.map { ["env", "-i"] + $0.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } } ?? []
        let words = ["timeout", "--kill-after=5", "\(seconds)"] + variables + arguments
        line = "cd \(Self.quoted(folder)) && exec \(words.map(Self.quoted).joined(separator: " ")) </dev/null"
    }

    public func run() throws -> Ended {
        guard let pipe = Self.withSignals({ popen(line, "re") }) else { throw CannotStart() }
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, pipe), count > 0 { output += part[..<count] }
        return Ended(output: output, status: pclose(pipe))
    }

    /// A program has the signals blocked that its starter has, which on a dispatch queue are nearly all.
    private static func withSignals<T>(_ body: () -> T) -> T {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return body()
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
