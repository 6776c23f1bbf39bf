import Synchronization

/// One piece of work that all who ask for it meanwhile share. A round that has begun may have looked too early for
/// who comes now, so that one waits for the next: at most one runs, and at most one waits.
package actor SharedRound<Value: Sendable> {
    private var running: Task<Value, any Error>?
    private var waiting: Task<Value, any Error>?

    package init() {}

    /// The outcome of a round that begins after this call.
    package func join(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        if let waiting { return try await waiting.value }
        let before = running
        let round = Task {
            _ = await before?.result
            begin()
            return try await work()
        }
        waiting = round
        return try await round.value
    }

    private func begin() { (running, waiting) = (waiting, nil) }
}

/// The rounds of this process, by the folder that each writes to: a server opens a home more than once.
enum CheckpointRounds {
    private static let all = Mutex<[String: SharedRound<AuditCheckpoint?>]>([:])

    static func round(of folder: String) -> SharedRound<AuditCheckpoint?> {
        all.withLock { rounds in
            if let round = rounds[folder] { return round }
            let round = SharedRound<AuditCheckpoint?>()
            rounds[folder] = round
            return round
        }
    }
}
