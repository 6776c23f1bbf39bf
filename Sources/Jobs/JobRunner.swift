import Encodings
import Errors
import Logging
import PersonalData
import ServiceLifecycle
import Signing
import Store

/// Carries out jobs of the kinds that it is given, one at a time. Any number may run, in any number of processes.
package struct JobRunner: Service {
    /// A job that ended so often with its process would do so again.
    private static let mostTries = 10
    private static let idleSeconds = 1
    private static let troubleSeconds = 5
    private static let cleaningSeconds = 3600

    private let store: any JobStore
    private let works: [String: any JobWork]
    private let owner: String
    private let pieces: JobPieces
    private let logger: Logger
    private let now: @Sendable () -> Int

    /// - Parameters:
    ///   - name: of the process, for the lease.
    ///   - now: seconds since 1970.
    package init(
        _ name: String, store: any JobStore, works: [any JobWork], keys: DataKeys, logger: Logger,
        now: @escaping @Sendable () -> Int
    ) throws {
        (self.store, self.logger, self.now) = (store, logger, now)
        self.works = Dictionary(uniqueKeysWithValues: works.map { ($0.kind, $0) })
        pieces = JobPieces(keys)
        owner = "\(name)-" + Hex.encode(try SecureRandom.bytes(8))
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var cleanedAt = 0
            while !Task.isCancelled {
                do {
                    let time = now()
                    if time >= cleanedAt + Self.cleaningSeconds {
                        try await store.write { try $0.removeResults(endedBy: time - JobResult.seconds) }
                        cleanedAt = time
                    }
                    if try await runNext() { continue }
                    try? await Task.sleep(for: .seconds(Self.idleSeconds))
                } catch {
                    if Task.isCancelled { return }
                    logger.error("the line of jobs: \(error)")
                    try? await Task.sleep(for: .seconds(Self.troubleSeconds))
                }
            }
        }
    }

    /// - Returns: whether there was a job.
    package func runNext() async throws -> Bool {
        let ready = Set(works.filter { $0.value.isReady }.keys)
        guard !ready.isEmpty else { return false }
        let (time, start) = (now(), ContinuousClock.now)
        let taken = try await store.write { [owner] in
            try $0.takeJob(of: ready, by: owner, seconds: Lease.seconds, at: time)
        }
        // Only kinds that are here are taken.
        guard let taken, let work = works[taken.job.asked.kind] else { return false }
        let outcome = await carryOut(taken, work, since: start)
        // Not within this task, which may be cancelled: what became of the job is written all the same.
        try await Task { try await write(outcome, of: taken) }.value
        return true
    }

    private enum Outcome: Sendable {
        case done(JobResult?)
        case failed(String)
        /// To be taken again.
        case stopped
        /// Paused, cancelled, or another's by now.
        case lost
    }

    private func carryOut(_ taken: TakenJob, _ work: any JobWork, since start: ContinuousClock.Instant) async -> Outcome
    {
        guard taken.job.tries <= Self.mostTries else {
            return .failed(
                "这个任务使程序多次中断，已不再尝试。请把任务编号告诉管理员。\nThe program stopped at this job many times; it is not tried again. Tell an administrator its number."
            )
        }
        let desk = JobDesk(taken, in: store, pieces: pieces)
        let hold = JobHold(taken, in: store, desk: desk, takenAt: start)
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await outcome(of: taken, work, desk) }
            group.addTask { (try? await hold.keep()).map { .lost } }
            group.addTask { (try? await hold.watch()).map { .lost } }
            defer { group.cancelAll() }
            // A hold that is cancelled tells nothing; the work tells why.
            for await case let outcome? in group { return outcome }
            return .stopped
        }
    }

    private func outcome(of taken: TakenJob, _ work: any JobWork, _ desk: JobDesk) async -> Outcome {
        do {
            let result = try await work.run(taken.job, at: desk)
            if let last = desk.takeProgress() {
                try await store.write { try $0.record(done: last.done, of: last.total, for: taken) }
            }
            return .done(result)
        } catch {
            if Task.isCancelled { return .stopped }
            if let error = error as? StoreError, error.code == .conflict { return .lost }
            let told = error as? any Explained
            if told?.category == .busy { return .stopped }
            logger.error("job \(taken.job.id.value) (\(taken.job.asked.kind)) failed: \(error)")
            guard let told, told.category != .defect else {
                return .failed(
                    "程序出错，没有完成。请再试一次；仍不行就把任务编号告诉管理员。\nSomething failed. Try again; if it stays so, tell an administrator the job's number."
                )
            }
            return .failed("\(told.words.zh)\n\(told.words.en)")
        }
    }

    private func write(_ outcome: Outcome, of taken: TakenJob) async throws {
        let time = now()
        do {
            try await store.write { transaction in
                switch outcome {
                case .done(let result): try transaction.finish(taken, result: result, at: time)
                case .failed(let problem): try transaction.fail(taken, problem: problem, at: time)
                case .stopped: try transaction.putBack(taken, at: time)
                case .lost: try transaction.release(taken.lease)
                }
            }
        } catch let error as StoreError where error.code == .conflict {
            try await store.write { try $0.release(taken.lease) }
        }
    }
}
