import Errors
import Files
import Jobs
import Logging
import PersonalData
import Store
import StoreSQLite
import Synchronization
import TestSupport
import Testing

/// Jobs in the hands of runners, over a store whose clock the test moves.
@Suite struct JobRunnerTests {
    private final class HandClock: Sendable {
        private let seconds = Mutex(1_000_000)
        var now: Int { seconds.withLock { $0 } }
        func go(_ more: Int) { seconds.withLock { $0 += more } }
    }

    /// Does what the test says.
    private struct Work: JobWork {
        let kind: String
        var ready: @Sendable () -> Bool = { true }
        let body: @Sendable (Job, JobDesk) async throws -> JobResult?

        var isReady: Bool { ready() }
        func run(_ job: Job, at desk: JobDesk) async throws -> JobResult? { try await body(job, desk) }
    }

    private let directory: TemporaryDirectory
    private let clock = HandClock()
    private let store: SQLiteStore
    // 64 bytes, as the type asks.
    private let keys = DataKeys(bytes: Array(0..<64))!

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.path + "/test.sqlite", now: { [clock] in clock.now })
    }

    private func runner(_ name: String = "test", _ works: any JobWork...) throws -> JobRunner {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try JobRunner(name, store: store.forJobs, works: works, keys: keys, logger: logger) { [clock] in
            clock.now
        }
    }

    private func ask(_ key: String = "one", kind: String = "export") async throws -> JobID {
        try await store.write {
            try $0.enqueue(
                NewJob(kind: kind, subject: "batch 1", institution: nil, key: key, by: nil, askedAt: 1)
            ).id
        }
    }

    private func job(_ id: JobID) async throws -> Job { try #require(try await store.read { try $0.job(id) }) }

    /// Waits until the job is as it should be.
    private func wait(for id: JobID, until isSo: @escaping (Job) -> Bool) async throws {
        while try await !isSo(job(id)) { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test("a job's file is kept in pieces that only its own place opens, and is whole again")
    func file() async throws {
        let content = (0..<(2 * JobPieces.byteCount + 17)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let path = directory.path + "/file"
        try DurableFile.create(content, at: path, mode: 0o600)
        let works = [
            Work(kind: "export") { _, desk in
                desk.report(3, of: 7)
                return try await desk.keep(content, named: "a.csv", type: "text/csv")
            },
            Work(kind: "documents") { _, desk in
                try await desk.keep(fileAt: path, named: "a.zip", type: "application/zip")
            },
        ]
        let runner = try runner("test", works[0], works[1])
        for kind in ["export", "documents"] {
            let id = try await ask(kind, kind: kind)
            #expect(try await runner.runNext())
            let done = try await job(id)
            let result = try #require(done.result)
            #expect(done.state == .done && result.byteCount == content.count && result.pieceCount == 3)
            #expect(done.total == (kind == "export" ? 7 : 0) && done.done == done.total)
            var read: [UInt8] = []
            for position in 0..<result.pieceCount {
                read += try #require(try await JobPieces(keys).piece(position, of: id, in: store))
            }
            #expect(read == content)
            #expect(try await JobPieces(keys).piece(3, of: id, in: store) == nil)
            let box = try #require(try await store.read { try $0.resultPiece(0, of: id) })
            #expect(!box.starts(with: content.prefix(16)))
            #expect(throws: (any Error).self) {
                try IdentityProtector(keys).open(box, label: Array("job|\(id.value)|1".utf8))
            }
            // The control.
            let opened = try IdentityProtector(keys).open(box, label: Array("job|\(id.value)|0".utf8))
            #expect(opened == Array(content.prefix(JobPieces.byteCount)))
        }
        #expect(try await !runner.runNext())
    }

    @Test("a failure is told in both languages; a defect not in its own words; what is busy is tried again")
    func failures() async throws {
        struct Defect: Error { let secret = "370701200402151005" }
        let errors: [any Error] = [
            Refusal(.missing, zh: "没有照片", en: "no photo"), Defect(), Refusal(.busy, zh: "忙", en: "busy"),
        ]
        let next = Mutex(0)
        let runner = try runner(
            "test",
            Work(kind: "export") { _, _ in
                let number = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                throw errors[number]
            })
        let ids = [try await ask("a"), try await ask("b"), try await ask("c")]
        for _ in ids { #expect(try await runner.runNext()) }
        let jobs = [try await job(ids[0]), try await job(ids[1]), try await job(ids[2])]
        #expect(jobs.map(\.state) == [.failed, .failed, .queued])
        #expect(jobs[0].problem == "没有照片\nno photo")
        #expect(jobs[1].problem.split(separator: "\n").count == 2 && !jobs[1].problem.contains("370701"))
    }

    @Test("a kind that is not ready waits, and one whose process ends at it again and again fails")
    func waiting() async throws {
        let isUnlocked = Mutex(false)
        let runs = Mutex(0)
        let runner = try runner(
            "test",
            Work(kind: "documents", ready: { isUnlocked.withLock { $0 } }) { _, _ in
                runs.withLock { $0 += 1 }
                return nil
            })
        let id = try await ask(kind: "documents")
        #expect(try await !runner.runNext())
        #expect(try await job(id).state == .queued)
        isUnlocked.withLock { $0 = true }
        // Ten processes that took it and were gone.
        for number in 0..<10 {
            let taken = try await store.write {
                try $0.takeJob(of: ["documents"], by: "\(number)", seconds: 60, at: 1)
            }
            #expect(taken != nil)
            clock.go(60)
        }
        #expect(try await runner.runNext())
        #expect(try await job(id).state == .failed && runs.withLock { $0 } == 0)
        // Asked for anew, it is tried anew.
        try await store.write { try $0.requeueJob(id, by: nil, at: 1) }
        #expect(try await runner.runNext())
        #expect(try await job(id).state == .done && runs.withLock { $0 } == 1)
    }

    @Test("a job that is cancelled or paused stops, and one that goes on is done again from the beginning")
    func stopped() async throws {
        let runs = Mutex(0)
        let runner = try runner(
            "test",
            Work(kind: "export") { job, desk in
                let number = runs.withLock {
                    $0 += 1
                    return $0
                }
                desk.report(number, of: 10)
                if number < 3 { try await Task.sleep(for: .seconds(600)) }
                return try await desk.keep([1], named: "a", type: "text/csv")
            })
        let id = try await ask()
        for stop in ["pause", "cancel"] {
            async let ended = runner.runNext()
            try await wait(for: id) { $0.done > 0 }
            try await store.write {
                if stop == "pause" { try $0.pauseJob(id, at: 2) } else { try $0.cancelJob(id, at: 2) }
            }
            #expect(try await ended)
            #expect(try await job(id).state == (stop == "pause" ? .paused : .cancelled))
            try await store.write { try $0.requeueJob(id, by: nil, at: 3) }
        }
        #expect(try await runner.runNext())
        #expect(try await job(id).state == .done && runs.withLock { $0 } == 3)
    }

    @Test("an owner that slept too long writes nothing; the next one's result stays")
    func slept() async throws {
        let isAwake = Mutex(false)
        let late = try runner(
            "late",
            Work(kind: "export") { _, desk in
                while !isAwake.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(5)) }
                return try await desk.keep([6, 6, 6], named: "late", type: "text/csv")
            })
        let next = try runner(
            "next", Work(kind: "export") { _, desk in try await desk.keep([1], named: "next", type: "text/csv") })
        let id = try await ask()
        async let slept = late.runNext()
        try await wait(for: id) { $0.state == .running }
        clock.go(Lease.seconds)
        #expect(try await next.runNext())
        isAwake.withLock { $0 = true }
        #expect(try await slept)
        let done = try await job(id)
        #expect(done.result?.fileName == "next" && done.tries == 2)
        #expect(try await JobPieces(keys).piece(0, of: id, in: store) == [1])
    }

    @Test("a runner that is told to stop puts its job back for the next")
    func shutDown() async throws {
        let isFirst = Mutex(true)
        let runner = try runner(
            "test",
            Work(kind: "export") { _, desk in
                if isFirst.withLock({ first in
                    defer { first = false }
                    return first
                }) {
                    try await Task.sleep(for: .seconds(600))
                }
                return nil
            })
        let id = try await ask()
        let task = Task { try await runner.run() }
        try await wait(for: id) { $0.state == .running }
        task.cancel()
        try await task.value
        #expect(try await job(id).state == .queued)
        #expect(try await runner.runNext())
        #expect(try await job(id).state == .done)
    }

    @Test("of many jobs and several runners each job is done once")
    func many() async throws {
        let runs = Mutex<[String: Int]>([:])
        let work = Work(kind: "export") { job, desk in
            runs.withLock { $0[job.asked.key, default: 0] += 1 }
            return try await desk.keep(Array(job.asked.key.utf8), named: job.asked.key, type: "text/csv")
        }
        let keys = (0..<60).map { "job \($0)" }
        for key in keys { _ = try await ask(key) }
        let runners = try (0..<4).map { try runner("\($0)", work) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for runner in runners { group.addTask { while try await runner.runNext() {} } }
            try await group.waitForAll()
        }
        #expect(runs.withLock { $0 } == Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
        let jobs = try await store.read { try $0.jobs(limit: 100) }
        #expect(
            jobs.count == 60
                && jobs.allSatisfy { $0.state == .done && $0.tries == 1 && $0.result?.fileName == $0.asked.key })
    }
}
