import Bulk
import Files
import Glibc
import HTTPSupport
import Hummingbird
import NIOCore
import Signing

/// Files of jobs, in a temporary folder that only this user can enter, gone when the server ends. What a server that was
/// killed left behind is removed by the next.
final class JobFolder: Sendable {
    private static let prefix = "signet-jobs-"

    let path: String
    /// Locked as long as the folder is in use.
    private let descriptor: Int32

    /// - Parameter parent: the folder in which it is made.
    init(in parent: String) throws {
        Self.removeAbandoned(in: parent)
        var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
        // Makes it with mode 0700.
        guard mkdtemp(&template) != nil else { throw DurableFile.failure("cannot make a folder in", parent) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw DurableFile.failure("cannot lock", path)
        }
    }

    deinit {
        end()
        close(descriptor)
    }

    /// Removes the folder once its files are gone. Not left to the last reference: a process that ends need not
    /// let go of it.
    func end() { rmdir(path) }

    private static func removeAbandoned(in parent: String) {
        for name in names(in: parent) where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard folder >= 0 else { continue }
            defer { close(folder) }
            var status = stat()
            guard fstat(folder, &status) == 0, status.st_uid == getuid(), flock(folder, LOCK_EX | LOCK_NB) == 0 else {
                continue
            }
            for file in names(in: path) { unlink("\(path)/\(file)") }
            rmdir(path)
        }
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { $0 != "." && $0 != ".." }
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
        guard descriptor >= 0 else { throw DurableFile.failure("cannot create", path) }
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
