import Approvals
import Audit
import AuditLog
import Credential
import Errors
import Foundation
import HomeFolder
import Store
import TestSupport
import Testing

@testable import Acts

/// `signet signer` as a process, ended by SIGKILL at random moments.
@Suite struct KilledSignerTests {
    private static let kills = 6
    private static let institutions = ["4137012391", "4137010438", "4137013008"]

    /// A signer on its way.
    private struct Running {
        let pid: pid_t
        let end: Task<Command.Ended, any Error>

        func end(by signal: Int32) async throws {
            kill(pid, signal)
            _ = try await end.value
        }
    }

    private func start(_ home: String, number: Int) async throws -> Running {
        let file = "\(home)/../signer-\(number).pid"
        let script = "echo $$ > \"$0.new\" && mv \"$0.new\" \"$0\" && exec \"$@\""
        let command = Command(
            ["sh", "-c", script, file, Products.signet, "signer", "--home", home],
            environment: ["SIGNET_PASSPHRASE": "a passphrase for tests", "PATH": "/usr/bin:/bin"])
        let end = Task {
            // A thread of its own, as it waits all the while.
            try await withCheckedThrowingContinuation { waiting in
                Thread.detachNewThread { waiting.resume(with: Result { try command.run() }) }
            }
        }
        while true {
            let text = try? String(contentsOfFile: file, encoding: .utf8)
            if let pid = text.flatMap({ pid_t($0.dropLast()) }) { return Running(pid: pid, end: end) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func open(_ scene: SignerScene) async throws -> Int {
        try await scene.office.store.read { try $0.openEvidence(limit: 100).count }
    }

    @Test("each submission is issued once, whenever the signer is killed; a second signer beside it does not start")
    func killed() async throws {
        let scene = try await SignerScene(institutions: Self.institutions)
        for submission in scene.submissions {
            var one = scene
            one.submission = submission
            try await one.approve(counter: 0)
        }
        #expect(try await open(scene) == Self.institutions.count)
        var random = SeededGenerator(seed: 20_261_128)
        let home = scene.office.home.path
        for number in 0..<Self.kills {
            let signer = try await start(home, number: number)
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...1500, using: &random)))
            try await signer.end(by: SIGKILL)
        }
        let last = try await start(home, number: Self.kills)
        for _ in 0..<600 where try await open(scene) > 0 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(try await open(scene) == 0)
        let second = try await start(home, number: Self.kills + 1)
        #expect(try await second.end.value.exitCode == 73)
        #expect(kill(last.pid, 0) == 0)
        try await last.end(by: SIGTERM)
        try await checkAll(scene)
        // The control: what was lost or doubled is found.
        try scene.forge("DELETE FROM seal WHERE certificate = (SELECT min(certificate) FROM seal)")
        await #expect(throws: AuditProblem(.contradicted, zh: "", en: "")) { try await scene.verify() }
    }

    private func checkAll(_ scene: SignerScene) async throws {
        let (kept, batches, evidence) = try await scene.office.store.read { store in
            (
                try scene.submissions.map { try store.submission($0.id) }, try store.batches(),
                try store.evidence(after: nil, limit: 100).map { try store.outcome(of: $0.id) }
            )
        }
        #expect(kept.allSatisfy { $0?.state == .issued })
        #expect(Set(kept.compactMap { $0?.batch }) == Set(batches.map(\.id)))
        #expect(batches.count == scene.submissions.count && batches.allSatisfy { $0.completedAt != nil })
        #expect(evidence.allSatisfy { $0 != nil && $0?.refusal == nil })
        #expect(try await scene.sealed() == scene.submissions.reduce(0) { $0 + $1.certificateCount })
        try await scene.verify()
    }
}
