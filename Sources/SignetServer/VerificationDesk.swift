import Bulk
import Logging
import Parsing
import ServiceLifecycle
import Signing
import Synchronization
import Verification

/// Keeps jobs and works them off: two at a time, one of tables and one of files to be drawn from archives.
final class VerificationDesk: Service {
    /// In all; what has ended makes room.
    private static let mostJobs = 64
    /// Unfinished of one stranger.
    private static let mostOfStranger = 2
    /// Unfinished of one key.
    private static let mostOfKey = 8
    /// Bytes of all files sent.
    private static let mostBytes = 1 << 30
    /// Seconds for which a result can be fetched.
    static let keptSeconds = 900.0

    let folder: JobFolder
    private let worker: VerificationWorker
    var workers: ParsingPool { worker.workers }
    private let logger: Logger
    private let jobs = Mutex<[String: VerificationJob]>([:])
    private let tables = AsyncStream<String>.makeStream()
    private let archives = AsyncStream<String>.makeStream()

    init(_ worker: VerificationWorker, logger: Logger) throws {
        folder = try JobFolder()
        self.worker = worker
        self.logger = logger
    }

    /// Refuses before a body is read what could not be taken afterwards.
    func requireRoom(for owner: Asker) throws {
        try jobs.withLock { jobs in try Self.requireRoom(for: owner, in: &jobs, folder) }
    }

    /// Takes a job up, or gives the one that the same owner sent before under the same idempotency key.
    func add(_ job: VerificationJob, of owner: Asker) throws -> VerificationJob {
        let taken = try jobs.withLock { jobs -> VerificationJob in
            if let key = job.idempotencyKey,
                let known = jobs.values.first(where: { $0.idempotencyKey == key && $0.owner == job.owner })
            {
                guard known.inputFile == job.inputFile else { throw Problem.idempotencyConflict }
                return known
            }
            try Self.requireRoom(for: owner, in: &jobs, folder)
            let bytes = jobs.values.filter { !$0.isFinished }.reduce(job.inputFile.bytes) { $0 + $1.inputFile.bytes }
            guard bytes <= Self.mostBytes else { throw Problem.busyJobs }
            jobs[job.id] = job
            return job
        }
        if taken.id == job.id {
            switch job.input.kind {
            case .text, .workbook: tables.continuation.yield(job.id)
            case .archive, .file: archives.continuation.yield(job.id)
            }
        }
        return taken
    }

    /// Nil for what is unknown, over, or another's.
    func job(_ id: String, for asker: Asker) -> VerificationJob? {
        jobs.withLock { $0[id] }.flatMap { !$0.isByKey || $0.owner == asker.name ? $0 : nil }
    }

    /// Ends a job early; one that is running ends at its next rows.
    func remove(_ id: String) {
        jobs.withLock { _ = $0.removeValue(forKey: id) }
        folder.remove(id)
    }

    func run() async throws {
        // What is under way at the end is lost, as its files are.
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                let lanes = [(self.tables.stream, "tables"), (self.archives.stream, "archives")]
                for (stream, name) in lanes {
                    let executor = QueueExecutor("verifications of \(name)")
                    group.addTask(executorPreference: executor) {
                        for await id in stream { await self.work(id) }
                    }
                }
                group.addTask { await self.sweep() }
            }
        }
        for id in jobs.withLock({ Array($0.keys) }) { remove(id) }
        folder.end()
    }

    private func work(_ id: String) async {
        guard let job = jobs.withLock({ $0[id] }) else { return }
        let state: VerificationJob.State
        do {
            state = try await worker.work(job, resultPath: folder.result(id)) { progress in
                try self.jobs.withLock { jobs in
                    guard jobs[id] != nil else { throw CancellationError() }
                    jobs[id]?.state = progress
                }
            }
        } catch is CancellationError {
            return folder.remove(id)
        } catch {
            state = .failed(Problem(ofFile: error, logger))
        }
        folder.removeInput(id)
        let isWanted = jobs.withLock { jobs in
            jobs[id]?.state = state
            jobs[id]?.finishedAt = MonotonicClock.seconds
            return jobs[id] != nil
        }
        if !isWanted { folder.remove(id) }
    }

    private func sweep() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(10))
            jobs.withLock { Self.dropOld(in: &$0, folder) }
        }
    }

    private static func dropOld(in jobs: inout [String: VerificationJob], _ folder: JobFolder) {
        let oldest = MonotonicClock.seconds - keptSeconds
        for (id, job) in jobs where job.finishedAt.map({ $0 < oldest }) ?? false {
            jobs[id] = nil
            folder.remove(id)
        }
    }

    private static func requireRoom(
        for owner: Asker, in jobs: inout [String: VerificationJob], _ folder: JobFolder
    ) throws {
        dropOld(in: &jobs, folder)
        let own = jobs.values.filter { $0.owner == owner.name && !$0.isFinished }.count
        let most = if case .key = owner { mostOfKey } else { mostOfStranger }
        guard own < most else { throw Problem.tooManyJobs(most) }
        guard jobs.count < mostJobs else { throw Problem.busyJobs }
    }
}
