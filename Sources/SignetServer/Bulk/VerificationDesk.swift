import Bulk
import HTTPSupport
import Logging
import Parsing
import ServiceLifecycle
import Signing
import Synchronization
import Verification

/// Keeps jobs and works them off in lanes: one at a time of tables and one of files to be drawn from archives, of
/// strangers and of keys each. A key never waits for strangers.
final class VerificationDesk: Service {
    /// Bytes of all files sent and not yet checked; strangers may have half.
    private static let mostBytes = 1 << 30
    /// Jobs past their end whose threads have not let go; beyond it nothing is taken up.
    private static let mostAbandoned = 4
    /// Seconds for which a result can be fetched.
    static let keptSeconds = 900.0

    private struct Lane: Hashable, CaseIterable {
        let isArchives: Bool
        let isByKey: Bool

        static let allCases = [false, true].flatMap { isArchives in
            [false, true].map { Lane(isArchives: isArchives, isByKey: $0) }
        }
    }

    private struct State {
        var jobs: [String: VerificationJob] = [:]
        var turns: [Lane: Turns] = [:]
        /// Ends a running job for whoever waits for it.
        var endings: [String: AsyncStream<VerificationJob.Ending>.Continuation] = [:]
        /// Jobs that have a thread; more than ``endings`` when some were given up and have not let go of it.
        var running: Set<String> = []
        var givenUp = GivenUp()
    }

    let folder: JobFolder
    private let worker: VerificationWorker
    var workers: ParsingPool { worker.workers }
    private let logger: Logger
    private let state = Mutex(State())
    private let wakes = Dictionary(
        uniqueKeysWithValues: Lane.allCases.map {
            ($0, AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1)))
        })

    init(_ worker: VerificationWorker, logger: Logger) throws {
        folder = try JobFolder(in: worker.service.temporaryFolder)
        self.worker = worker
        self.logger = logger
    }

    /// Refuses before a body is read what could not be taken afterwards.
    func requireRoom(for owner: Asker) throws {
        try state.withLock { state in
            dropOld(in: &state)
            _ = try Self.room(for: owner, in: state)
        }
    }

    /// Takes a job up, or gives the one that the same owner sent before under the same idempotency key.
    func add(_ job: VerificationJob, of owner: Asker) throws -> VerificationJob {
        let taken = try state.withLock { state -> VerificationJob in
            if let key = job.idempotencyKey,
                let known = state.jobs.values.first(where: { $0.idempotencyKey == key && $0.owner == job.owner })
            {
                guard known.inputFile == job.inputFile else { throw Problem.idempotencyConflict }
                return known
            }
            dropOld(in: &state)
            for id in try Self.room(for: owner, in: state) {
                drop(id, in: &state)
                state.givenUp.add(id)
            }
            let others = state.jobs.values.filter { !$0.isFinished && (job.isByKey || !$0.isByKey) }
            let bytes = others.reduce(job.inputFile.bytes) { $0 + $1.inputFile.bytes }
            guard bytes <= (job.isByKey ? Self.mostBytes : Self.mostBytes / 2) else { throw Problem.busyJobs }
            state.jobs[job.id] = job
            state.turns[Self.lane(of: job), default: Turns()].add(job.id, of: job.owner)
            return job
        }
        if taken.id == job.id { wakes[Self.lane(of: job)]?.continuation.yield() }
        return taken
    }

    /// - Throws: `given-up` for one that made room for others, `no-job` for what is unknown, over, or another's.
    func job(_ id: String, for asker: Asker) throws(Problem) -> VerificationJob {
        let (job, isGivenUp) = state.withLock { ($0.jobs[id], $0.givenUp.contains(id)) }
        guard !isGivenUp else { throw .givenUp }
        guard let job, !job.isByKey || job.owner == asker.name else { throw .noJob }
        return job
    }

    func markFetched(_ id: String) { state.withLock { $0.jobs[id]?.isFetched = true } }

    /// Ends a job early, also while it runs.
    func remove(_ id: String) {
        state.withLock { state in
            drop(id, in: &state)
            state.endings[id]?.yield(.cancelled)
        }
    }

    func run() async throws {
        // What is under way at the end is lost, as its files are.
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                for (lane, wake) in self.wakes {
                    group.addTask {
                        for await _ in wake.stream {
                            while !Task.isCancelled, let job = self.next(in: lane) { await self.work(job) }
                        }
                    }
                }
                group.addTask { await self.sweep() }
            }
        }
        state.withLock { state in
            for id in Array(state.jobs.keys) { drop(id, in: &state) }
        }
        folder.end()
    }

    private static func lane(of job: VerificationJob) -> Lane {
        switch job.input.kind {
        case .text, .workbook: Lane(isArchives: false, isByKey: job.isByKey)
        case .archive, .file: Lane(isArchives: true, isByKey: job.isByKey)
        }
    }

    /// What was removed while it waited is passed over.
    private func next(in lane: Lane) -> VerificationJob? {
        state.withLock { state in
            while let id = state.turns[lane]?.next() {
                if let job = state.jobs[id] { return job }
            }
            return nil
        }
    }

    /// Until the job is done, is over its time, is removed, or the server ends; whichever comes first. One that does not
    /// let go of its thread holds up nobody else: the next has a thread of its own.
    private func work(_ job: VerificationJob) async {
        let (endings, continuation) = AsyncStream<VerificationJob.Ending>.makeStream(
            bufferingPolicy: .bufferingOldest(1))
        state.withLock { state in
            state.endings[job.id] = continuation
            state.running.insert(job.id)
        }
        let task = Task(executorPreference: QueueExecutor("verification")) {
            let ending = await self.ending(of: job)
            self.letGo(of: job.id)
            continuation.yield(ending)
        }
        let seconds = job.isByKey ? worker.service.keySeconds : worker.service.strangerSeconds
        let timer = Task {
            try await Task.sleep(for: .seconds(seconds))
            continuation.yield(.late)
        }
        let ending = await endings.first { _ in true } ?? .cancelled
        timer.cancel()
        task.cancel()
        keep(ending, of: job.id)
    }

    private func ending(of job: VerificationJob) async -> VerificationJob.Ending {
        do {
            return .state(
                try await worker.work(job, in: folder) { progress in
                    try Task.checkCancellation()
                    try self.state.withLock { state in
                        guard state.endings[job.id] != nil else { throw CancellationError() }
                        state.jobs[job.id]?.state = progress
                    }
                })
        } catch is CancellationError {
            return .cancelled
        } catch {
            return .state(.failed(Problem(ofFile: error, logger)))
        }
    }

    /// Its thread is free; what it wrote after it was given up goes.
    private func letGo(of id: String) {
        state.withLock { state in
            state.running.remove(id)
            if state.endings[id] == nil { folder.remove(id) }
        }
    }

    private func keep(_ ending: VerificationJob.Ending, of id: String) {
        state.withLock { state in
            state.endings[id] = nil
            switch ending {
            case .state(let end): state.jobs[id]?.state = end
            case .late:
                state.jobs[id]?.state = .failed(.tookTooLong)
                folder.remove(id)
            case .cancelled: state.jobs[id] = nil
            }
            state.jobs[id]?.finishedAt = MonotonicClock.seconds
            folder.removeInput(id)
            if state.jobs[id] == nil { folder.remove(id) }
        }
    }

    private func sweep() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(10))
            state.withLock { dropOld(in: &$0) }
        }
    }

    private func dropOld(in state: inout State) {
        let oldest = MonotonicClock.seconds - Self.keptSeconds
        for (id, job) in state.jobs where job.finishedAt.map({ $0 < oldest }) ?? false { drop(id, in: &state) }
    }

    private func drop(_ id: String, in state: inout State) {
        state.jobs[id] = nil
        folder.remove(id)
    }

    private static func room(for owner: Asker, in state: State) throws -> [String] {
        guard state.running.count - state.endings.count < mostAbandoned else { throw Problem.busyJobs }
        return try Places(
            taken: state.jobs.values.map {
                Places.Taken(
                    id: $0.id, owner: $0.owner, isByKey: $0.isByKey, finishedAt: $0.finishedAt, isFetched: $0.isFetched)
            }
        ).room(for: owner)
    }
}
