import Glibc

/// A lock on a file that one holder at a time has, among all processes; it ends with the process, however that ends.
package struct FileLock: Sendable {
    private let descriptor: Int32

    /// Waits for whoever has it, without holding up the thread that waits.
    ///
    /// - Parameter path: made when it is missing; nothing is written to it.
    package init(_ path: String) async throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure(.lock, path) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            do {
                guard reason == EWOULDBLOCK || reason == EINTR else {
                    throw DurableFile.failure(.lock, path, reason)
                }
                try await Task.sleep(for: .milliseconds(2))
            } catch {
                close(descriptor)
                throw error
            }
        }
        self.descriptor = descriptor
    }

    /// Nil while somebody has it.
    package init?(ifFree path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure(.lock, path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw DurableFile.failure(.lock, path, reason) }
            return nil
        }
        self.descriptor = descriptor
    }

    /// For work of a moment, by a caller whose thread may wait.
    package static func with<T>(_ path: String, _ body: () throws -> T) throws -> T {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure(.lock, path) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw DurableFile.failure(.lock, path) }
        }
        return try body()
    }

    package func release() { close(descriptor) }
}
