import Glibc
import Spreadsheets

/// A workbook that gets its name only when it is whole; given up, nothing stays behind.
final class WorkbookFile {
    private let path: String
    private let temporary: String
    private let mode: mode_t
    private var descriptor: Int32 = -1

    init(_ path: String, mode: mode_t = 0o644) {
        self.path = path
        self.mode = mode
        temporary = "\(path).new-\(getpid())"
    }

    func open() throws -> WorkbookWriter {
        // Made with its mode first, as the library would make it readable for all.
        descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure() }
        guard let workbook = try? WorkbookWriter(path: temporary) else { throw failure() }
        return workbook
    }

    /// Makes the content durable under its name.
    func commit(_ workbook: WorkbookWriter) throws {
        guard (try? workbook.close()) != nil, fsync(descriptor) == 0, rename(temporary, path) == 0 else {
            throw failure()
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        unlink(temporary)
    }

    private func failure() -> CommandFailure {
        let isAccess = [EACCES, EPERM, ENOENT, EROFS, ENOTDIR].contains(errno)
        return CommandFailure(
            isAccess ? .fileMissing : .diskFailed, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
