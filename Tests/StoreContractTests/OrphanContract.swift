import Credential
import Store
import Testing

/// What refers to something that is not there, for every driver.
@Suite struct OrphanContract {
    private static let nowhere = BatchID(99)

    @Test("A signature of a version that is not there is refused, and cannot close a batch", arguments: StoreDriver.all)
    func signature(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(2...3, into: batch)
        try await store.write { try $0.markPrepared(0, of: batch.id, skipped: 0) }
        try await store.sign([keys[0]])
        let strange = VersionKey(
            certificate: CertificateKey(batch: batch.id, row: keys[1].certificate.row + 100), version: 1)
        await #expect(throws: StoreError.self) { try await store.sign([strange]) }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.complete(batch.id, at: 1) } }
        #expect(try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 9) }.map(\.key) == [keys[0]])
    }

    @Test("A certificate of a batch that is not there is refused", arguments: StoreDriver.all)
    func certificate(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        await #expect(throws: StoreError.self) {
            try await store.write { _ = try $0.insert([Sample.certificate(2)], into: Self.nowhere) }
        }
    }

    @Test("A batch that is not there has no progress, no parts, and cannot be closed", arguments: StoreDriver.all)
    func batch(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let progress = try await store.read { try $0.progress(of: Self.nowhere) }
        #expect(progress == BatchProgress(prepared: 0, sealed: 0, skipped: 0))
        #expect(try await store.read { try $0.unpreparedChunks(of: Self.nowhere) }.isEmpty)
        #expect(try await store.read { try $0.sealedVersions(of: Self.nowhere, after: nil, limit: 9) }.isEmpty)
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.markPrepared(0, of: Self.nowhere, skipped: 0) }
        }
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.complete(Self.nowhere, at: 1) }
        }
    }

    @Test(
        "Paging a batch from a place in another begins at its first row, or is past its end",
        arguments: StoreDriver.all)
    func foreignKey(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batches = [try await store.insertBatch(1), try await store.insertBatch(2)]
        // The same rows, of other people.
        let others = (0...2).map { Sample.certificate($0, number: $0 + 50, holding: $0 + 50) }
        let second = try await store.write { try $0.insert(others, into: batches[1].id) }
        let keys = [try await store.insert(0...2, into: batches[0]), second]
        try await store.sign(keys.flatMap { $0 })
        let begun = try await store.read { try $0.sealedVersions(of: batches[1].id, after: keys[0][1], limit: 9) }
        #expect(begun.map(\.key) == keys[1])
        let ended = try await store.read { try $0.sealedVersions(of: batches[1].id, after: keys[1][2], limit: 9) }
        #expect(ended.isEmpty)
        let past = try await store.read { try $0.sealedVersions(of: batches[0].id, after: keys[1][0], limit: 9) }
        #expect(past.isEmpty)
    }
}
