import Errors
import Glibc

/// A new file that takes its name, or another's place, once it is whole. It has no name until then where the file system
/// can do that (`O_TMPFILE`, open(2)), so that nothing stays behind however the process ends; elsewhere one that nobody
/// can foresee, as two containers on one volume may have the same process number, and a file or link that stands there
/// already is somebody else's.
package final class TemporaryFile {
    /// `__O_TMPFILE` of asm-generic/fcntl.h, which the C library declares for GNU sources only, with `O_DIRECTORY`.
    private static let unnamed = 0o20_000_000 | O_DIRECTORY

    /// For writing.
    package let descriptor: Int32
    private let path: String
    private var name: String?

    /// - Parameter path: the name that it will have; its folder is where it is made.
    package convenience init(beside path: String, mode: mode_t) throws(FileError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, Self.unnamed | O_WRONLY | O_CLOEXEC, mode)
        // Its name is given by way of /proc, which may be missing.
        if descriptor >= 0, access(Self.place(of: descriptor), F_OK) == 0 {
            self.init(descriptor, to: path)
        } else {
            if descriptor >= 0 { close(descriptor) }
            try self.init(namedBeside: path, mode: mode)
        }
    }

    private init(_ descriptor: Int32, to path: String) {
        (self.descriptor, self.path) = (descriptor, path)
    }

    /// As where the file system has no files without a name.
    init(namedBeside path: String, mode: mode_t) throws(FileError) {
        self.path = path
        let name = Self.name(beside: path)
        self.descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard self.descriptor >= 0 else { throw DurableFile.failure(.create, path) }
        self.name = name
    }

    deinit {
        close(descriptor)
        if let name { unlink(name) }
    }

    /// By which a library that wants a name can open it again.
    package var openPath: String { name ?? Self.place(of: descriptor) }

    /// Gives it its name, which must be free.
    package func create() throws(FileError) {
        guard give(path) else {
            if errno == EEXIST {
                throw FileError(
                    .alreadyExists, zh: "\(path) 已经存在；没有覆盖任何内容", en: "\(path) exists already; nothing was overwritten")
            }
            throw DurableFile.failure(.create, path)
        }
    }

    /// Gives it its name, in place of what has that.
    package func replace() throws(FileError) {
        if name == nil {
            if give(path) { return }
            guard errno == EEXIST else { throw DurableFile.failure(.write, path) }
            let name = Self.name(beside: path)
            guard give(name) else { throw DurableFile.failure(.write, path) }
            self.name = name
        }
        guard let name, rename(name, path) == 0 else { throw DurableFile.failure(.write, path) }
        self.name = nil
    }

    /// Fails on an existing name, where rename() would replace it.
    private func give(_ newName: String) -> Bool {
        name.map { link($0, newName) == 0 }
            ?? (linkat(AT_FDCWD, Self.place(of: descriptor), AT_FDCWD, newName, AT_SYMLINK_FOLLOW) == 0)
    }

    private static func place(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

    /// For a file or folder that is yet to be made.
    package static func name(beside path: String) -> String {
        "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }

    /// A file for reading and writing that never has a name for others: it is gone with its descriptor.
    package static func openUnnamed(in folder: String) throws(FileError) -> Int32 {
        var descriptor = open(folder, unnamed | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor < 0 {
            let name = name(beside: folder + "/signet")
            descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            unlink(name)
        }
        guard descriptor >= 0 else { throw DurableFile.failure(.makeFile, folder) }
        return descriptor
    }
}
