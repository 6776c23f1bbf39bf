import Bulk
import Files
import FoundationEssentials
import Glibc
import HTTPSupport
import Hummingbird
import NIOCore
import Signing

/// Files of jobs, in a temporary folder that only this user can enter, gone when the server ends. What a server that was
/// killed left behind is removed by the next.
final class JobFolder: Sendable {
    private static let prefix = "signet-jobs-"
    private static let mostTries = 20

    let path: String
    /// Locked as long as the folder is in use.
    private let descriptor: Int32

    /// - Parameter parent: the folder in which it is made.
    init(in parent: String) throws {
        Self.removeAbandoned(in: parent)
        for _ in 0..<Self.mostTries {
            var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
            // Makes it with mode 0700.
            guard mkdtemp(&template) != nil else { throw DurableFile.failure(.makeFolder, parent) }
            let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if let descriptor = Self.lock(path) {
                (self.path, self.descriptor) = (path, descriptor)
                return
            }
        }
        throw DurableFile.failure(.lockFolder, parent)
    }

    /// Nil where another server that starts at this moment took the new folder for an abandoned one.
    private static func lock(_ path: String) -> Int32? {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return nil }
        var (locked, named) = (stat(), stat())
        guard flock(folder, LOCK_EX | LOCK_NB) == 0, fstat(folder, &locked) == 0, lstat(path, &named) == 0,
            locked.st_ino == named.st_ino
        else {
            close(folder)
            return nil
        }
        return folder
    }

    deinit {
        end()
        close(descriptor)
    }

    /// Removes the folder once its files are gone. Not left to the last reference: a process that ends need not
    /// let go of it.
    func end() { rmdir(path) }

    private static func names(_ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func removeAbandoned(in parent: String) {
        for name in names(parent) where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard folder >= 0 else { continue }
            defer { close(folder) }
            var status = stat()
            guard fstat(folder, &status) == 0, status.st_uid == getuid(), flock(folder, LOCK_EX | LOCK_NB) == 0 else {
                continue
            }
            for file in names(path) { unlink("\(path)/\(file)") }
            rmdir(path)
        }
    }

    func input(_ id: String) -> String { "\(path)/\(id).in" }
    func result(_ id: String) -> String { "\(path)/\(id).out" }
    /// What of the result a person must look at.
    func exceptions(_ id: String) -> String { "\(path)/\(id).exceptions" }

    func removeInput(_ id: String) { unlink(input(id)) }

    func remove(_ id: String) {
        removeInput(id)
        unlink(result(id))
        unlink(exceptions(id))
    }

    /// Writes a request's body down as it comes.
    ///
    /// - Returns: its digest and length.
    func receive(
        _ body: RequestBody, as id: String, limit: Int, until deadline: Double
    ) async throws -> VerificationReceipt.File {
        let path = input(id)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure(.create, path) }
        defer { close(descriptor) }
        let hasher = try SHA256Hasher()
        var length = 0
        for try await part in body {
            // However steadily its bytes trickle in.
            guard MonotonicClock.seconds < deadline else { throw Problem.tooSlow }
            length += part.readableBytes
            guard length <= limit else { throw Problem.tooLarge(limit: limit) }
            let bytes = Array(part.readableBytesView)
            try hasher.update(bytes)
            guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Problem.busyJobs }
        }
        return VerificationReceipt.File(digest: try hasher.finalize(), byteCount: length)
    }
}
