import Dispatch

/// What waits for a worker, each on a thread of its own: a serial queue has one at once. The threads of concurrent
/// queues are those of Swift's tasks on Linux; when they wait, another comes only after a second, and no request is
/// answered meanwhile. How many there are is bounded by who calls.
package enum OwnThread {
    /// - Parameter label: of the queue, for who looks at the process.
    package static func run<Answer: Sendable>(
        _ label: String, _ body: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: label).async { continuation.resume(with: Result { try body() }) }
        }
    }
}
