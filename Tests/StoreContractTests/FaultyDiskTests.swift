import Credential
import Errors
import GRDB
import Store
import StoreSQLite
import TestSupport
import Testing

/// SQLite on a disk with faults: what was acknowledged stays, what was not is not there.
@Suite(.serialized) struct FaultyDiskTests {
    private static let driver = StoreDriver(name: "SQLite on a faulty disk") {
        try SQLiteStore(path: $0 + "/" + FaultyDisk.fileName, now: $1)
    }

    init() {
        #expect(FaultyDisk.isInstalled)
        FaultyDisk.set { $0 = FaultyDisk.State() }
    }

    /// A store with something durable in it.
    private func storeInUse() async throws -> (store: TestStore, batch: Batch) {
        let store = try TestStore(Self.driver)
        let batch = try await store.insertBatch(1, chunks: 3)
        let keys = try await store.insert(2...40, into: batch)
        try await store.sign(Array(keys.prefix(20)))
        return (store, batch)
    }

    /// One worker's step: a part prepared with its certificates and serials.
    private static func step(_ store: any StoreWriting, _ batch: BatchID) throws {
        _ = try store.insert((100..<200).map { Sample.certificate($0) }, into: batch)
        try store.setNextSerial(200, in: "Y263")
        try store.markPrepared(1, of: batch, skipped: 0)
    }

    @Test("A disk that is full at any write refuses the whole step, and with space again it succeeds")
    func full() async throws {
        let (store, batch) = try await storeInUse()
        let before = try await store.read { try Inventory($0) }
        var failureCount = 0
        for budget in 0..<1000 {
            FaultyDisk.set { [budget] in $0.writesLeft = budget }
            do {
                try await store.write { try Self.step($0, batch.id) }
                break
            } catch {
                #expect(error as? StoreError == StoreError(.full, zh: "", en: ""), "\(error)")
                failureCount += 1
            }
            #expect(try await store.read { try Inventory($0) } == before, "after \(budget) writes")
            FaultyDisk.set { $0.writesLeft = nil }
            #expect(try await store.reopened().read { try Inventory($0) } == before, "after \(budget) writes")
        }
        // Two writes for each page: the disk was full at many of them.
        #expect(failureCount > 10)
        FaultyDisk.set { $0.writesLeft = nil }
        let after = try await store.reopened().read { try Inventory($0) }
        #expect(after.unsigned.count == before.unsigned.count + 100)
        #expect(after.sealed == before.sealed)
        #expect(after.nextSerial == 200)
    }

    @Test("A disk without space for a new store says so, and the next attempt is not in its way")
    func fullFromTheStart() throws {
        let directory = try TemporaryDirectory()
        var failureCount = 0
        for budget in 0..<1000 {
            FaultyDisk.set { [budget] in $0.writesLeft = budget }
            do {
                _ = try Self.driver.open(directory.path) { 0 }
                break
            } catch {
                #expect(error as? StoreError == StoreError(.full, zh: "", en: ""), "\(error)")
                failureCount += 1
            }
        }
        #expect((10..<1000).contains(failureCount))
    }

    @Test("What a disk fails to sync is not acknowledged and not shown")
    func sync() async throws {
        let (store, batch) = try await storeInUse()
        let before = try await store.read { try Inventory($0) }
        FaultyDisk.set { $0.failsToSync = true }
        await #expect(throws: StoreError(.diskFailed, zh: "", en: "")) {
            try await store.write { try Self.step($0, batch.id) }
        }
        #expect(try await store.read { try Inventory($0) } == before)
        FaultyDisk.set { $0.failsToSync = false }
        #expect(try await store.reopened().read { try Inventory($0) } == before)
        try await store.write { try Self.step($0, batch.id) }
        #expect(try await store.read { try Inventory($0) } != before)
    }

    @Test("Every write is synced before it returns; GRDB's own setting, the control, syncs none")
    func syncs() async throws {
        let store = try TestStore(Self.driver)
        func syncCount(_ write: () async throws -> Void) async throws -> Int {
            let before = FaultyDisk.syncCount
            try await write()
            return FaultyDisk.syncCount - before
        }
        for serial in 2...5 {
            let count = try await syncCount { try await store.write { try $0.setNextSerial(serial, in: "A") } }
            #expect(count >= 1)
        }
        let pool = try DatabasePool(path: store.directory + "/" + FaultyDisk.fileName)
        try await pool.write { try $0.execute(sql: "UPDATE number_series SET next = 6") }
        let count = try await syncCount {
            try await pool.write { try $0.execute(sql: "UPDATE number_series SET next = 7") }
        }
        #expect(count == 0)
    }

    @Test("A read-only store says that it cannot be written")
    func readOnly() async throws {
        let store = try TestStore(Self.driver)
        try await store.write { try $0.setNextSerial(5, in: "A") }
        FaultyDisk.set { $0.isReadOnly = true }
        await #expect(throws: StoreError(.notWritable, zh: "", en: "")) {
            try await store.reopened().write { try $0.setNextSerial(6, in: "A") }
        }
        FaultyDisk.set { $0.isReadOnly = false }
        try await store.reopened().write { try $0.setNextSerial(6, in: "A") }
    }
}
