import Foundation
import TestSupport
import Testing

@testable import Verification

/// One memory, several processes: a lock belongs to an open file, so that threads stand for them.
@Suite(.serialized) struct SeenFileTests {
    private static let rounds = 200

    /// What is in the file after two writers have each seen `rounds` lists, one after the other.
    private func remembered(
        _ remember: @escaping @Sendable (SeenFile, SeenPublications) throws -> Void
    ) async throws -> SeenPublications {
        let folder = try TemporaryDirectory()
        let file = SeenFile(path: folder.path + "/seen.json")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<2 {
                group.addTask {
                    try await withCheckedThrowingContinuation { continuation in
                        Thread.detachNewThread {
                            continuation.resume(
                                with: Result {
                                    for round in 1...Self.rounds {
                                        let list = "https://verify.example.org/status/\(writer)-\(round)"
                                        try remember(
                                            file,
                                            SeenPublications(
                                                trustList: .init(sequence: 2 * round + writer),
                                                statusLists: [list: round]))
                                    }
                                })
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return try file.read()["root"] ?? SeenPublications()
    }

    @Test("what two processes see at once is all remembered")
    func together() async throws {
        let seen = try await remembered { file, seen in
            try file.merge(seen, under: "root") { Issue.record("the file was not whole") }
        }
        #expect(seen.statusLists.count == 2 * Self.rounds && seen.trustList.sequence == 2 * Self.rounds + 1)
        // Control: without the lock one writes over what the other saw.
        let unlocked = try await remembered { file, seen in
            var all = try file.read()
            all["root"] = (all["root"] ?? SeenPublications()).merging(seen)
            try file.write(all)
        }
        #expect(unlocked.statusLists.count < 2 * Self.rounds)
    }

    @Test("a file that cannot be read is said, and replaced by what is seen now")
    func unreadable() throws {
        let folder = try TemporaryDirectory()
        let file = SeenFile(path: folder.path + "/seen.json")
        try Data("{".utf8).write(to: URL(fileURLWithPath: file.path))
        var warnings = 0
        let seen = SeenPublications(trustList: .init(sequence: 7))
        for _ in 0..<2 { try file.merge(seen, under: "root") { warnings += 1 } }
        #expect(warnings == 1)
        #expect(try file.read() == ["root": seen])
    }
}
