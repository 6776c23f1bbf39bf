import Errors
import Store
import Synchronization

/// Keeps a job while it is carried out: extends its lease, writes its progress, and ends when the job is somebody else's
/// by now, or nobody's.
final class JobHold: Sendable {
    private let job: TakenJob
    private let store: any JobStore
    private let desk: JobDesk
    /// When the lease was last extended, by a clock that only goes forward.
    private let extendedAt: Mutex<ContinuousClock.Instant>

    /// - Parameter takenAt: before the job was taken.
    init(_ job: TakenJob, in store: any JobStore, desk: JobDesk, takenAt: ContinuousClock.Instant) {
        (self.job, self.store, self.desk) = (job, store, desk)
        extendedAt = Mutex(takenAt)
    }

    /// Returns when the job is paused, cancelled or another's.
    func keep() async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            do {
                try await extendIfDue()
                guard try await write() else { return }
            } catch let error as StoreError where error.code == .conflict {
                return
            } catch let error as StoreError where error.category == .busy || error.category == .disk {
                // Until ``watch()`` gives it up.
                continue
            }
        }
    }

    /// Returns when the lease was not extended for too long, whatever the store is doing.
    func watch() async throws {
        while extendedAt.withLock({ $0 }).duration(to: .now) < .seconds(Lease.giveUpSeconds) {
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func extendIfDue() async throws {
        let start = ContinuousClock.now
        guard extendedAt.withLock({ $0 }).duration(to: start) >= .seconds(Lease.renewalSeconds) else { return }
        try await store.write { [job] in _ = try $0.extend(job.lease, seconds: Lease.seconds) }
        extendedAt.withLock { $0 = start }
    }

    /// False when the job does not run any more.
    private func write() async throws -> Bool {
        if let progress = desk.takeProgress() {
            try await store.write { [job] in try $0.record(done: progress.done, of: progress.total, for: job) }
            return true
        }
        return try await store.read { [job] in try $0.job(job.job.id)?.state } == .running
    }
}
