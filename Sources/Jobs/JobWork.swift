import Store

/// What is done for jobs of one kind. Each may be run again from the beginning, at any time and on any server: what it
/// changes it changes in transactions of its own that find what is done already.
package protocol JobWork: Sendable {
    var kind: String { get }
    /// Whether it can be done now. Its jobs wait until it can.
    var isReady: Bool { get }
    /// - Returns: the file that it made, if it makes one.
    /// - Throws: why it cannot be done. Whoever asked for it reads this, so nothing of a person is in it.
    func run(_ job: Job, at desk: JobDesk) async throws -> JobResult?
}

extension JobWork {
    package var isReady: Bool { true }
}
