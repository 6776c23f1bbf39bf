import Bulk
import Glibc
import Hummingbird
import NIOCore
import Signing

/// Files of jobs, in a temporary folder that only this user can enter, gone when the server ends.
final class JobFolder: Sendable {
    let path: String

    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/signet-jobs-XXXXXX".utf8CString)
        // Makes it with mode 0700.
        guard mkdtemp(&template) != nil else { throw DurableFile.failure("cannot make a folder in", parent) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { rmdir(path) }

    func input(_ id: String) -> String { "\(path)/\(id).in" }
    func result(_ id: String) -> String { "\(path)/\(id).out" }

    func removeInput(_ id: String) { unlink(input(id)) }

    func remove(_ id: String) {
        removeInput(id)
        unlink(result(id))
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
