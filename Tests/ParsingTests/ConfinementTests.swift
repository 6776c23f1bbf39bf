import Foundation
import Spreadsheets
import TestSupport
import Testing

@testable import Parsing

@Suite struct ConfinementTests {
    /// The probe, built with the very source that confines workers.
    private static let probe = Result {
        let folder = try TemporaryDirectory()
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let sandbox = here.appending(path: "../../Sources/CSandbox").standardizedFileURL.path
        let compiler = try Process.run(
            URL(filePath: "/usr/bin/cc"),
            arguments: [
                "-O1", "-I", sandbox + "/include", here.path + "/probe.c", sandbox + "/sandbox.c", "-lseccomp", "-o",
                folder.path + "/probe",
            ])
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0)
        return folder
    }

    private func run(_ way: String) throws -> (answers: [String: String], status: Int32, isSignal: Bool) {
        let process = Process()
        process.executableURL = URL(filePath: try Self.probe.get().path + "/probe")
        process.arguments = [way]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let lines = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
            separator: "\n")
        process.waitUntilExit()
        let answers = lines.map { $0.split(separator: " ").map(String.init) }.map { ($0[0], $0[1]) }
        return (
            Dictionary(uniqueKeysWithValues: answers), process.terminationStatus,
            process.terminationReason == .uncaughtSignal
        )
    }

    @Test("a confined process can compute, and nothing else; a free one can all of it")
    func confined() throws {
        let free = try run("free").answers
        #expect(free.count == 9 && free.values.allSatisfy { $0 == "yes" }, "\(free)")
        let confined = try run("confined").answers
        #expect(confined.filter { $0.value == "yes" }.map(\.key) == ["compute"], "\(confined)")
    }

    @Test("processor time ends")
    func processorTime() throws {
        let looping = try run("looping")
        #expect(looping.isSignal && looping.status == SIGXCPU)
    }

    @Test("a worker has none of its starter's environment, descriptors or rights")
    func worker() throws {
        setenv("SIGNET_PASSPHRASE", "canary of an environment", 1)
        defer { unsetenv("SIGNET_PASSPHRASE") }
        let worker = try WorkerProcess([Products.signet, ParsingPool.command])
        // It has answered, so it is confined.
        #expect(throws: (any Error).self) {
            _ = try worker.ask(ParsingRequest(.document), MemoryFile.of(Array("no PDF".utf8)), within: 60)
        }
        func lines(_ file: String, _ pid: pid_t) throws -> [Substring] {
            try String(contentsOfFile: "/proc/\(pid)/\(file)", encoding: .utf8).split(separator: "\n")
        }
        func value(_ name: String, _ pid: pid_t) throws -> String? {
            try lines("status", pid).first { $0.hasPrefix(name + ":") }.map { $0.split(separator: "\t")[1] }.map(
                String.init)
        }
        #expect(try value("NoNewPrivs", worker.pid) == "1")
        #expect(try value("Seccomp", worker.pid) == "2" && value("Threads", worker.pid) == "1")
        #expect(try value("NoNewPrivs", getpid()) == "0", "the control")
        #expect(try !String(contentsOfFile: "/proc/\(worker.pid)/environ", encoding: .utf8).contains("canary"))
        let limits = try lines("limits", worker.pid)
        #expect(limits.contains { $0.hasPrefix("Max core file size") && $0.contains(" 0 ") })
        #expect(limits.contains { $0.hasPrefix("Max address space") && $0.contains("1073741824") })
        // It lets go of a file when it has answered.
        var open: [String] = []
        for _ in 0..<500 where open.count != 5 {
            open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(worker.pid)/fd").sorted()
            usleep(10_000)
        }
        #expect(open == ["0", "1", "2", "3", "4"])
    }
}
