import Glibc
import Signing

/// A file written in pieces that gets its name only when it is whole; given up, nothing stays behind.
struct OutputFile: ~Copyable {
    private let path: String
    private let temporary: String
    private let descriptor: Int32

    init(_ path: String, mode: mode_t = 0o644) throws {
        let made = try TemporaryFile.create(beside: path, mode: mode)
        self.path = path
        (descriptor, temporary) = (made.descriptor, made.name)
    }

    func write(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset)
            }
            guard count > 0 else { throw Self.failure("cannot write", path) }
            offset += count
        }
    }

    /// Makes the content durable under its name.
    consuming func commit() throws {
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw Self.failure("cannot write", path) }
    }

    // After a commit the temporary name is gone, so there is nothing to remove.
    deinit {
        close(descriptor)
        unlink(temporary)
    }

    private static func failure(_ what: String, _ path: String) -> CommandFailure {
        let isAccess = [EACCES, EPERM, ENOENT, EROFS, ENOTDIR].contains(errno)
        return CommandFailure(
            isAccess ? .fileMissing : .diskFailed, "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}
