import Credential
import Errors
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Store contract: jobs")
struct JobContract {
    /// A clock that goes on when the test says so.
    private final class HandClock: Sendable {
        private let seconds = Mutex(1_000)
        var now: Int { seconds.withLock { $0 } }
        func go(_ more: Int) { seconds.withLock { $0 += more } }
    }

    private static let result = JobResult(
        fileName: "batch-1.zip", mediaType: "application/zip", byteCount: 4, pieceCount: 2)

    private static func job(_ key: String, kind: String = "documents", by account: AccountID? = nil) -> NewJob {
        NewJob(
            kind: kind, subject: "batch 1", institution: key == "a" ? Sample.institution.id : nil, key: key,
            parameters: [1, 0, 255], by: account, askedAt: 900)
    }

    private func scene(_ driver: StoreDriver) throws -> (TestStore, HandClock) {
        let clock = HandClock()
        return (try TestStore(driver) { clock.now }, clock)
    }

    private func take(_ store: TestStore, _ owner: String, kinds: Set<String> = ["documents"]) async throws -> TakenJob?
    {
        try await store.write { try $0.takeJob(of: kinds, by: owner, seconds: 60, at: 950) }
    }

    @Test("a job is asked for once, found by its key and subject, and keeps what was asked", arguments: StoreDriver.all)
    func asked(_ driver: StoreDriver) async throws {
        let (store, _) = try scene(driver)
        let (one, _) = try await AccountContract.made(store)
        let first = try await store.write { try $0.enqueue(Self.job("a", by: one.id)) }
        #expect(first.asked == Self.job("a", by: one.id) && first.state == .queued && first.tries == 0)
        #expect(try await store.write { try $0.enqueue(Self.job("a", kind: "export")) } == first)
        let second = try await store.write { try $0.enqueue(Self.job("b")) }
        let found = try store.reopened()
        #expect(try await found.read { try $0.job(first.id) } == first)
        #expect(try await found.read { try $0.job(key: "b") } == second)
        #expect(try await found.read { try $0.jobs(of: "batch 1") } == [second, first])
        #expect(try await found.read { try $0.jobs(of: "batch 2") } == [])
        #expect(try await found.read { try $0.jobs(limit: 1) } == [second])
        #expect(try await found.read { try $0.job(key: "c") } == nil)
    }

    @Test("the oldest of the own kinds is taken, by one of many at once", arguments: StoreDriver.all)
    func taking(_ driver: StoreDriver) async throws {
        let (store, _) = try scene(driver)
        try await store.write {
            for (key, kind) in [("x", "export"), ("a", "documents"), ("b", "documents")] {
                _ = try $0.enqueue(Self.job(key, kind: kind))
            }
        }
        let taken = try await withThrowingTaskGroup(of: TakenJob?.self) { group in
            for owner in 0..<8 { group.addTask { try await take(store, "\(owner)") } }
            return try await group.reduce(into: [TakenJob]()) { if let job = $1 { $0.append(job) } }
        }
        #expect(taken.map(\.job.asked.key).sorted() == ["a", "b"])
        #expect(taken.allSatisfy { $0.job.state == .running && $0.job.tries == 1 && $0.lease.fence == 1 })
        #expect(try await take(store, "new", kinds: []) == nil)
        #expect(try await take(store, "new", kinds: ["export", "documents"])?.job.asked.key == "x")
    }

    @Test(
        "progress and the result's pieces are kept; both are the next owner's when the lease ends",
        arguments: StoreDriver.all)
    func work(_ driver: StoreDriver) async throws {
        let (store, clock) = try scene(driver)
        try await store.write { _ = try $0.enqueue(Self.job("a")) }
        let late = try #require(try await take(store, "a"))
        try await store.write {
            try $0.record(done: 3, of: 10, for: late)
            try $0.append(piece: [9, 9, 9], at: 0, of: late)
        }
        #expect(try await store.read { try $0.job(late.job.id)?.done } == 3)
        clock.go(59)
        #expect(try await take(store, "b") == nil)
        clock.go(1)
        let next = try #require(try await take(store, "b"))
        #expect(next.job.id == late.job.id && next.job.tries == 2 && next.lease.fence == 2)
        #expect(try await store.read { try $0.resultPiece(0, of: late.job.id) } == nil)
        try await store.write {
            try $0.append(piece: [1, 2], at: 0, of: next)
            try $0.append(piece: [3, 4], at: 1, of: next)
            try $0.record(done: 5, of: 10, for: next)
        }
        // An owner that was paused and wakes writes nothing.
        let attempts: [@Sendable (any StoreWriting) throws -> Void] = [
            { try $0.record(done: 4, of: 10, for: late) }, { try $0.append(piece: [9], at: 2, of: late) },
            { try $0.finish(late, result: Self.result, at: 990) }, { try $0.fail(late, problem: "late", at: 990) },
            { try $0.putBack(late, at: 990) },
        ]
        for attempt in attempts { await #expect(throws: StoreError.conflict) { try await store.write(attempt) } }
        try await store.write { try $0.finish(next, result: Self.result, at: 991) }
        let done = try #require(try await store.read { try $0.job(next.job.id) })
        #expect(done.state == .done && done.done == 10 && done.result == Self.result && done.changedAt == 991)
        #expect(try await store.read { try $0.resultPiece(1, of: done.id) } == [3, 4])
        #expect(try await store.read { try $0.resultPiece(2, of: done.id) } == nil)
        #expect(try await store.reopened().read { try $0.lease(done.id.leaseName)?.fence } == 2)
        #expect(try await take(store, "c") == nil)
    }

    @Test(
        "what is paused or cancelled is written by nobody; what is put back is taken again", arguments: StoreDriver.all)
    func stopped(_ driver: StoreDriver) async throws {
        let (store, _) = try scene(driver)
        let id = try await store.write { try $0.enqueue(Self.job("a")).id }
        @Sendable func state() async throws -> Job.State? { try await store.read { try $0.job(id)?.state } }
        let first = try #require(try await take(store, "a"))
        try await store.write { try $0.putBack(first, at: 960) }
        #expect(try await state() == .queued)
        let second = try #require(try await take(store, "b"))
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.requeueJob(id, by: nil, at: 965) } }
        try await store.write { try $0.pauseJob(id, at: 961) }
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.append(piece: [1], at: 0, of: second) }
        }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.pauseJob(id, at: 962) } }
        #expect(try await take(store, "c") == nil)
        try await store.write {
            try $0.requeueJob(id, by: nil, at: 963)
            try $0.release(second.lease)
        }
        let third = try #require(try await take(store, "c"))
        try await store.write { try $0.cancelJob(id, at: 964) }
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.finish(third, result: nil, at: 965) }
        }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.cancelJob(id, at: 965) } }
        #expect(try await state() == .cancelled)
        try await store.write {
            try $0.requeueJob(id, by: nil, at: 966)
            try $0.release(third.lease)
        }
        let fourth = try #require(try await take(store, "d"))
        try await store.write { try $0.fail(fourth, problem: "磁盘已满\nthe disk is full", at: 967) }
        #expect(try await store.read { try $0.job(id)?.problem } == "磁盘已满\nthe disk is full")
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.cancelJob(JobID(999), at: 1) }
        }
    }

    @Test("a result is gone after its time, and when the job is asked for anew", arguments: StoreDriver.all)
    func results(_ driver: StoreDriver) async throws {
        let (store, _) = try scene(driver)
        for key in ["a", "b"] {
            try await store.write { _ = try $0.enqueue(Self.job(key)) }
            let taken = try #require(try await take(store, "a"))
            try await store.write {
                try $0.append(piece: [1], at: 0, of: taken)
                try $0.append(piece: [2], at: 1, of: taken)
                try $0.finish(taken, result: Self.result, at: key == "a" ? 1000 : 2000)
            }
        }
        let jobs = try await store.read { try $0.jobs(limit: 2) }
        try await store.write { try $0.removeResults(endedBy: 1000) }
        let (newer, older) = (jobs[0].id, jobs[1].id)
        #expect(try await store.read { try $0.resultPiece(0, of: older) } == nil)
        #expect(try await store.read { try $0.job(older) }?.state == .done)
        #expect(try await store.read { try $0.job(older) }?.result == nil)
        // The control: what ended later stays.
        #expect(try await store.read { try $0.job(newer) }?.result == Self.result)
        #expect(try await store.read { try $0.resultPiece(0, of: newer) } == [1])
        try await store.write { try $0.requeueJob(newer, by: nil, at: 2100) }
        #expect(try await store.read { try $0.resultPiece(0, of: newer) } == nil)
        let again = try #require(try await store.read { try $0.job(newer) })
        #expect(again.state == .queued && again.result == nil && again.done == 0)
    }
}
