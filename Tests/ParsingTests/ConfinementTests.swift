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
        let compiler = try Command(
            [
                "/usr/bin/cc", "-O1", "-I", sandbox + "/include", here.path + "/probe.c", sandbox + "/sandbox.c",
                "-lseccomp",
                "-o", folder.path + "/probe",
            ]
        ).run()
        try #require(compiler.exitCode == 0)
        return folder
    }

    private func run(_ way: String) throws -> (answers: [String: String], signal: Int32) {
        let ended = try Command([Self.probe.get().path + "/probe", way]).run()
        let answers = ended.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return (Dictionary(uniqueKeysWithValues: answers.map { ($0[0], $0[1]) }), ended.signal)
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
        #expect(try run("looping").signal == SIGXCPU)
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
