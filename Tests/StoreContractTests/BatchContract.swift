import Credential
import Store
import Testing

/// Batches, their parts and how far they have come, for every driver.
@Suite struct BatchContract {
    @Test("A batch is found by its digest and listed in the order of insertion", arguments: StoreDriver.all)
    func found(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let first = try await store.insertBatch(9)
        let second = try await store.insertBatch(2)
        #expect(first.id != second.id)
        #expect(first.content == [UInt8](repeating: 9, count: 32))
        #expect(first.institution == Sample.institution.id)
        #expect(first.awardDate == Sample.awardDate)
        #expect(first.approval == Sample.approval)
        #expect(first.completedAt == nil)
        #expect(try await store.read { try $0.batch(content: first.content) } == first)
        #expect(try await store.read { try $0.batches() } == [first, second])
        #expect(try await store.read { try $0.batch(content: [1]) } == nil)
    }

    @Test("A digest is taken once; of the second batch nothing stays", arguments: StoreDriver.all)
    func sameDigest(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1, chunks: 2)
        await #expect(throws: StoreError.conflict) { try await store.insertBatch(1, chunks: 5) }
        #expect(try await store.read { try $0.batches() } == [batch])
        #expect(try await store.read { try $0.unpreparedChunks(of: batch.id) }.count == 2)
        try await store.insertBatch(2, chunks: 5)
    }

    @Test("The newest approval holds, and those before it are kept", arguments: StoreDriver.all)
    func approvals(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1)
        let other = try await store.insertBatch(2)
        for statement in ["second", "third"] {
            try await store.write { try $0.approve(batch.id, Sample.approved(statement)) }
        }
        let kept = try await store.read { try ($0.batches(), $0.approvals(of: batch.id), $0.approvals(of: other.id)) }
        #expect(kept.0.map(\.approved.statement) == ["third", "first"])
        #expect(kept.1 == ["first", "second", "third"].map(Sample.approved))
        #expect(kept.2 == [Sample.approved])
        #expect(
            try await store.read { try $0.batch(content: batch.content)?.digest } == Sample.approved("third").digest)
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.approve(BatchID(99), Sample.approved) }
        }
    }

    @Test("Approved photos are kept by row, and replaced as a whole", arguments: StoreDriver.all)
    func photos(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1)
        let other = try await store.insertBatch(2)
        let (first, second) = ([2: [UInt8](repeating: 2, count: 32), 900: [9]], [3: [UInt8](repeating: 3, count: 32)])
        #expect(try await store.read { try $0.photos(of: batch.id) }.isEmpty)
        try await store.write { try $0.save(photos: first, of: batch.id) }
        try await store.write { try $0.save(photos: first, of: other.id) }
        #expect(try await store.read { try $0.photos(of: batch.id) } == first)
        try await store.write { try $0.save(photos: second, of: batch.id) }
        #expect(try await store.read { try $0.photos(of: batch.id) } == second)
        #expect(try await store.read { try $0.photos(of: other.id) } == first)
        #expect(try await store.read { try $0.photo(ofRow: 3, of: batch.id) } == second[3])
        #expect(try await store.read { try $0.photo(ofRow: 2, of: batch.id) } == nil)
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.save(photos: second, of: BatchID(99)) }
        }
    }

    @Test("A batch of an unknown institution, or with a part twice, is a conflict", arguments: StoreDriver.all)
    func impossibleBatch(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.save(Sample.institution) }
        for (institution, positions) in [("another", [0]), (Sample.institution.id.text, [0, 1, 0])] {
            await #expect(throws: StoreError.conflict) {
                try await store.write {
                    _ = try $0.insertBatch(
                        content: [1], institution: InstitutionID(institution), awardDate: Sample.awardDate,
                        Sample.approved, chunks: positions.map(Sample.chunk))
                }
            }
        }
        #expect(try await store.read { try $0.batches() }.isEmpty)
    }

    @Test("Parts wait in order of position until each is prepared, once", arguments: StoreDriver.all)
    func chunks(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.save(Sample.institution) }
        let batch = try await store.write {
            try $0.insertBatch(
                content: [1], institution: Sample.institution.id, awardDate: Sample.awardDate,
                Sample.approved, chunks: [11, 2, 0, 7].map(Sample.chunk))
        }
        let other = try await store.insertBatch(2, chunks: 3)
        func waiting() async throws -> [BatchChunk] { try await store.read { try $0.unpreparedChunks(of: batch.id) } }
        #expect(try await waiting() == [0, 2, 7, 11].map(Sample.chunk))
        try await store.write { try $0.markPrepared(2, of: batch.id, skipped: 0) }
        #expect(try await waiting() == [0, 7, 11].map(Sample.chunk))
        for position in [2, 5] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.markPrepared(position, of: batch.id, skipped: 0) }
            }
        }
        #expect(try await waiting() == [0, 7, 11].map(Sample.chunk))
        #expect(try await store.read { try $0.unpreparedChunks(of: other.id) }.count == 3)
    }

    @Test("Progress counts this batch's prepared, sealed and skipped rows", arguments: StoreDriver.all)
    func progress(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1, chunks: 3)
        let other = try await store.insertBatch(2, chunks: 1)
        func progress() async throws -> BatchProgress { try await store.read { try $0.progress(of: batch.id) } }
        #expect(try await progress() == BatchProgress(prepared: 0, sealed: 0, skipped: 0))
        let keys = try await store.insert(2...6, into: batch)
        try await store.insert(10...12, into: other)
        #expect(try await progress() == BatchProgress(prepared: 5, sealed: 0, skipped: 0))
        try await store.sign(Array(keys.prefix(2)))
        try await store.write {
            try $0.markPrepared(0, of: batch.id, skipped: 4)
            try $0.markPrepared(2, of: batch.id, skipped: 3)
            try $0.markPrepared(0, of: other.id, skipped: 100)
        }
        #expect(try await progress() == BatchProgress(prepared: 5, sealed: 2, skipped: 7))
    }

    @Test(
        "A batch is complete only when every part is prepared and every certificate signed",
        arguments: StoreDriver.all)
    func complete(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1, chunks: 2)
        let keys = try await store.insert(2...3, into: batch)
        func complete(at time: Int) async throws { try await store.write { try $0.complete(batch.id, at: time) } }
        func completedAt() async throws -> Int? { try await store.read { try $0.batches() }.first?.completedAt }
        try await store.write { try $0.markPrepared(0, of: batch.id, skipped: 0) }
        try await store.sign([keys[0]])
        await #expect(throws: StoreError.conflict, "a part and a signature are missing") { try await complete(at: 1) }
        try await store.sign([keys[1]])
        await #expect(throws: StoreError.conflict, "a part is missing") { try await complete(at: 2) }
        try await store.write { try $0.markPrepared(1, of: batch.id, skipped: 0) }
        let late = try await store.insert([4], into: batch)
        await #expect(throws: StoreError.conflict, "a signature is missing") { try await complete(at: 3) }
        try await store.sign(late)
        #expect(try await completedAt() == nil)
        try await complete(at: 1_782_820_000)
        #expect(try await completedAt() == 1_782_820_000)
        try await complete(at: 1_782_829_999)
        #expect(try await completedAt() == 1_782_820_000, "the first time stands")
    }
}
