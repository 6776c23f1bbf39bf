import Errors
import Glibc

/// A file that must be whole or absent after a crash.
package enum DurableFile {
    package static func read(_ path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.open, path) }
        defer { close(descriptor) }
        return try read(path, descriptor, limit: limit)
    }

    /// - Parameter descriptor: of the file, which is open.
    static func read(_ path: String, _ descriptor: Int32, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachBlock(of: path, descriptor) { block throws(FileError) in
            bytes += block
            guard bytes.count <= limit else {
                throw FileError(.fileAccess, zh: "\(path) 超过 \(limit) 字节", en: "\(path) is larger than \(limit) bytes")
            }
        }
        return bytes
    }

    /// - Returns: the file's length.
    @discardableResult
    package static func forEachBlock(
        of path: String, _ body: ([UInt8]) throws(FileError) -> Void
    ) throws(FileError) -> Int {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.open, path) }
        defer { close(descriptor) }
        return try forEachBlock(of: path, descriptor, body)
    }

    @discardableResult
    private static func forEachBlock(
        of path: String, _ descriptor: Int32, _ body: ([UInt8]) throws(FileError) -> Void
    ) throws(FileError) -> Int {
        var length = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw failure(.read, path) }
            if count == 0 { return length }
            length += count
            try body(Array(buffer[..<count]))
        }
    }

    /// Makes a new file; an existing one is never overwritten.
    package static func create(_ bytes: [UInt8], at path: String, mode: mode_t) throws(FileError) {
        try whole(bytes, beside: path, mode: mode).create()
        syncDirectory(of: path)
    }

    /// Replaces a file: after a crash it holds the old bytes or the new, never a mixture.
    package static func replace(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(FileError) {
        try whole(bytes, beside: path, mode: mode).replace()
        syncDirectory(of: path)
    }

    /// Gives a file another name, in place of what has that.
    package static func move(_ from: String, to path: String) throws(FileError) {
        guard rename(from, path) == 0 else { throw failure(.move, from) }
        syncDirectory(of: path)
    }

    private static func whole(
        _ bytes: [UInt8], beside path: String, mode: mode_t
    ) throws(FileError) -> TemporaryFile {
        let file = try TemporaryFile(beside: path, mode: mode)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { write(file.descriptor, $0.baseAddress! + offset, bytes.count - offset) }
            guard count > 0 else { break }
            offset += count
        }
        guard offset == bytes.count, fsync(file.descriptor) == 0 else { throw failure(.write, path) }
        return file
    }

    /// Makes the name durable as well as the content.
    private static func syncDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    package static func failure(
        _ operation: FileOperation, _ path: String, _ reason: Int32 = errno
    ) -> FileError {
        let isDisk = [ENOSPC, EDQUOT, EIO].contains(reason)
        return FileError(isDisk ? .diskFull : .fileAccess, operation.failure(path, reason))
    }
}
