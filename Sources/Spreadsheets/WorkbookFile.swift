import Errors
import Files
import Glibc

/// A workbook that gets its name only when it is whole; given up, nothing stays behind.
package final class WorkbookFile {
    private let path: String
    private let mode: mode_t
    /// Nil until it is opened.
    private var temporary: TemporaryFile?

    package init(_ path: String, mode: mode_t = 0o644) {
        self.path = path
        self.mode = mode
    }

    package func open() throws -> WorkbookWriter {
        // Made with its mode first, as the library would make it readable for all.
        let temporary = try TemporaryFile(beside: path, mode: mode)
        self.temporary = temporary
        guard let workbook = try? WorkbookWriter(path: temporary.openPath) else { throw failure() }
        return workbook
    }

    /// Makes the content durable under its name.
    package func commit(_ workbook: WorkbookWriter) throws {
        guard let temporary, (try? workbook.close()) != nil, fsync(temporary.descriptor) == 0 else { throw failure() }
        try temporary.replace()
    }

    private func failure() -> Refusal {
        let isAccess = [EACCES, EPERM, ENOENT, EROFS, ENOTDIR].contains(errno)
        return Refusal(
            isAccess ? .missing : .disk, FileOperation.write.failure(path, errno))
    }
}
