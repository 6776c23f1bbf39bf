import Glibc

/// An open regular file, read by position, so that copies of a reader never disturb each other.
final class FileBytes: Sendable {
    let size: Int
    private let path: String
    private let descriptor: Int32

    init(path: String) throws(SheetProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw SheetProblem(
                .cannotOpen, chinese: "“\(path)”不是普通文件，请指定一个 CSV 文件。",
                english: "\"\(path)\" is not a regular file; name a CSV file.")
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from `offset` on; empty at the end of the file.
    func read(at offset: Int, count: Int) throws(SheetProblem) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { space, filled in
            let buffer = UnsafeMutableBufferPointer(rebasing: space[..<count])
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    break
                } else if errno != EINTR {
                    failure = errno
                    break
                }
            }
        }
        guard failure == 0 else { throw .cannotOpen(path, failure) }
        return bytes
    }
}

extension SheetProblem {
    fileprivate static func cannotOpen(_ path: String, _ number: Int32) -> SheetProblem {
        let reason = String(cString: strerror(number))
        return SheetProblem(
            .cannotOpen, chinese: "无法读取文件“\(path)”（\(reason)），请检查路径和权限。",
            english: "The file \"\(path)\" cannot be read (\(reason)); check its path and permissions.")
    }
}
