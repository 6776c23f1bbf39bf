import Glibc
import Signing
import Spreadsheets

/// A workbook that gets its name only when it is whole; given up, nothing stays behind.
final class WorkbookFile {
    private let path: String
    private var temporary = ""
    private let mode: mode_t
    private var descriptor: Int32 = -1

    init(_ path: String, mode: mode_t = 0o644) {
        self.path = path
        self.mode = mode
    }

    func open() throws -> WorkbookWriter {
        // Made with its mode first, as the library would make it readable for all.
        (descriptor, temporary) = try TemporaryFile.create(beside: path, mode: mode)
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
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    private func failure() -> CommandFailure {
        let isAccess = [EACCES, EPERM, ENOENT, EROFS, ENOTDIR].contains(errno)
        return CommandFailure(
            isAccess ? .fileMissing : .diskFailed, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
