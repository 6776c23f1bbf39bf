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

    private func start(_ home: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: Products.signet)
        process.arguments = ["signer", "--home", home]
        process.environment = ["SIGNET_PASSPHRASE": "a passphrase for tests", "PATH": "/usr/bin:/bin"]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        return process
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
        for _ in 0..<Self.kills {
            let signer = try start(scene.office.home.path)
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...1500, using: &random)))
            kill(signer.processIdentifier, SIGKILL)
            signer.waitUntilExit()
        }
        let last = try start(scene.office.home.path)
        defer { last.terminate() }
        for _ in 0..<600 where try await open(scene) > 0 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(try await open(scene) == 0)
        let second = try start(scene.office.home.path)
        second.waitUntilExit()
        #expect(second.terminationStatus == 73 && last.isRunning)
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
