import Dispatch
import Synchronization

/// Long work for requests, one after the other on a thread of its own, in a line with an end: the threads that answer
/// requests never do it, and nobody waits long.
package final class WaitingLine: Sendable {
    private let queue: DispatchQueue
    private let most: Int
    private let retrySeconds: Int
    private let work: ServerBusy.Work
    /// Waiting or under way.
    private let count = Mutex(0)

    /// - Parameters:
    ///   - label: of the thread.
    ///   - most: how many there may be, waiting or under way.
    ///   - retrySeconds: after which it is worth asking again.
    package init(_ label: String, most: Int, retrySeconds: Int, busy work: ServerBusy.Work) {
        queue = DispatchQueue(label: label)
        (self.most, self.retrySeconds, self.work) = (most, retrySeconds, work)
    }

    /// - Parameter most: how many there may be for this one to be let in, at most as many as the line holds.
    /// - Throws: ``ServerBusy`` when too many wait already.
    package func run<Answer: Sendable>(
        most: Int? = nil, _ body: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        let isAdmitted = count.withLock { count in
            guard count < min(most ?? self.most, self.most) else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw ServerBusy(seconds: retrySeconds, work) }
        defer { count.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
