import Credential
import Dispatch
import Errors
import Store
import Synchronization
import Testing

/// What read and write promise as a whole, for every driver.
@Suite struct TransactionContract {
    @Test("A write that runs twice finds the second time what there was the first")
    func again() async throws {
        let store = try TestStore(StoreDriver.all[1])
        let runs = Mutex(0)
        let found = try await store.write { store in
            runs.withLock { $0 += 1 }
            return try store.takeSerials(5, in: "A")
        }
        // Control: what is outside the transaction tells that the body ran twice.
        #expect(found == 1..<6 && runs.withLock { $0 } == 2)
        #expect(try await store.read { try $0.nextSerial(in: "A") } == 6)
    }

    @Test("A write whose body throws leaves nothing, and its error comes out as it is", arguments: StoreDriver.all)
    func atomic(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1)
        let keys = try await store.insert(2...3, into: batch)
        await #expect(throws: Interruption.self) {
            try await store.write {
                try $0.save(Sample.filing())
                try $0.markPrepared(0, of: batch.id, skipped: 1)
                try $0.insert(keys.map(Sample.signature))
                try $0.complete(batch.id, at: 1)
                let second = try $0.insertBatch(
                    content: [2], institution: batch.institution, awardDate: batch.awardDate,
                    batch.approved, chunks: [])
                _ = try $0.insert([Sample.certificate(4)], into: second.id)
                // Its own view shows all of it, so that something is there to be undone.
                #expect(try $0.batches().count == 2)
                #expect(try $0.progress(of: batch.id).sealed == 2)
                #expect(try $0.isHeld(Sample.holding(4)))
                throw Interruption()
            }
        }
        #expect(try await store.read { try $0.filings(of: Sample.institution.id) }.isEmpty)
        #expect(try await store.read { try $0.batches() } == [batch])
        #expect(try await store.read { try $0.unpreparedChunks(of: batch.id) }.count == 1)
        #expect(try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 9) }.isEmpty)
        #expect(try await store.read { try !$0.isHeld(Sample.holding(4)) })
        let error = await #expect(throws: StoreError.self) {
            try await store.read { _ in throw StoreError(.notFound, zh: "said by the body", en: "said by the body") }
        }
        #expect(error?.code == .notFound)
    }

    @Test("A read sees one moment, whatever is written meanwhile", arguments: StoreDriver.all)
    func snapshot(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.setNextSerial(5, in: "A") }
        let isReading = AsyncStream.makeStream(of: Void.self)
        let isWritten = DispatchSemaphore(value: 0)
        async let seen = store.read { reading in
            let before = try reading.nextSerial(in: "A")
            isReading.continuation.finish()
            // A driver may also keep writers out while it reads; then this only times out.
            _ = isWritten.wait(timeout: .now() + 2)
            return [before, try reading.nextSerial(in: "A"), try reading.nextSerial(in: "B")]
        }
        for await _ in isReading.stream {}
        try await store.write {
            try $0.setNextSerial(6, in: "A")
            try $0.setNextSerial(6, in: "B")
        }
        isWritten.signal()
        #expect(try await seen == [5, 5, 1])
        // The control: a read that begins now sees what that one must not.
        #expect(try await store.read { [try $0.nextSerial(in: "A"), try $0.nextSerial(in: "B")] } == [6, 6])
    }

    @Test("No read ever sees half of a write", arguments: StoreDriver.all)
    func noHalves(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for serial in 2...60 {
                    try await store.write {
                        try $0.setNextSerial(serial, in: "A")
                        try $0.setNextSerial(serial, in: "B")
                    }
                }
            }
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<60 {
                        let pair = try await store.read { [try $0.nextSerial(in: "A"), try $0.nextSerial(in: "B")] }
                        #expect(pair[0] == pair[1])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("Everything that was acknowledged is found by the next who opens the store", arguments: StoreDriver.all)
    func reopened(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1, chunks: 3)
        let keys = try await store.insert(2...5, into: batch)
        try await store.sign(Array(keys.prefix(3)))
        try await store.write {
            try $0.save(Sample.filing())
            try $0.markPrepared(1, of: batch.id, skipped: 2)
            try $0.setNextSerial(77, in: "Y263")
        }
        let before = try await store.read { try Inventory($0) }
        #expect(before.sealed.count == 3 && before.unsigned.count == 1 && before.chunks.count == 2)
        #expect(try await store.reopened().read { try Inventory($0) } == before)
    }
}
