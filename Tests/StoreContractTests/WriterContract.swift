import AuditLog
import Credential
import Errors
import StatusList
import Store
import TestSupport
import Testing

/// Several writers who read the newest of something and replace it: one of them wins, and the others are told.
@Suite struct WriterContract {
    private static let writers = 8

    /// How many of those that begin at once succeed; the others meet a conflict.
    private func winners(_ write: @escaping @Sendable (Int) async throws -> Void) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for writer in 0..<Self.writers {
                group.addTask {
                    do {
                        try await write(writer)
                        return true
                    } catch {
                        #expect(error as? StoreError == .conflict)
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test("Of writers who replace the same trust list one wins", arguments: StoreDriver.all)
    func trustList(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        var last = 0
        for _ in 1...3 {
            let before = last
            // Each has a sequence of its own, so that only the comparison keeps the others out.
            let won = await winners { writer in
                try await store.write {
                    try $0.saveTrustList("\(writer)", sequence: before + 1 + writer, after: before)
                }
            }
            #expect(won == 1)
            last = try await store.read { try $0.lastTrustListSequence() }
            #expect(last > before)
            #expect(try await store.read { try $0.trustList(sequence: nil) } == "\(last - before - 1)")
        }
    }

    @Test("Of writers who publish the same list one takes the instant", arguments: StoreDriver.all)
    func publication(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        _ = try await store.statusList(size: 16)
        var last: Int?
        for round in 1...3 {
            let before = last
            // Each has an instant of its own, so that only the comparison keeps the others out.
            let won = await winners { writer in
                try await store.write { try $0.claimPublication(of: 1, at: round * 100 + writer, after: before) }
            }
            #expect(won == 1)
            last = try await store.read { try $0.statusLists() }[0].publishedAt
            #expect(last.map { $0 / 100 } == round)
        }
    }

    @Test("Of writers who go on with the record each gets a place of its own", arguments: StoreDriver.all)
    func record(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writers {
                group.addTask {
                    await #expect(throws: Never.self) {
                        try await store.write {
                            _ = try $0.append(
                                AuditAct(.backedUp, actor: "t", subject: [.batch: .number(writer)], time: 1))
                        }
                    }
                }
            }
        }
        var chain = try AuditChain(checkpoints: [])
        for entry in try await store.read({ try $0.auditEntries(after: 0, limit: 99) }) { try chain.add(entry) }
        #expect(try await store.read { try $0.lastAuditEntry()?.sequence } == Self.writers)
    }
}
