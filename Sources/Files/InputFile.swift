import Glibc

/// An open regular file, read by position, so that readers never disturb each other. It may have been opened by
/// another process: whoever reads needs no way to open files.
package final class InputFile: Sendable {
    /// Why a file cannot be read: `errno`, or nil for what is no regular file.
    package struct Failure: Error {
        package let number: Int32?
    }

    package let descriptor: Int32
    package let size: Int

    package convenience init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        try self.init(takingOwnershipOf: descriptor)
    }

    /// - Parameter descriptor: closed when the file is let go, and also when it is refused.
    package init(takingOwnershipOf descriptor: Int32) throws(Failure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(number: nil)
        }
        self.descriptor = descriptor
        // bounded: both have 64 bits.
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from `offset` on; empty at the end of the file.
    package func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
        var failure: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { space, filled in
            do throws(Failure) {
                filled = try read(at: offset, into: .init(start: space.baseAddress, count: count))
            } catch { failure = error.number }
        }
        if let failure { throw Failure(number: failure) }
        return bytes
    }

    /// - Returns: how many bytes were read: fewer than there is room for at the end of the file alone.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            if got > 0 {
                filled += got
            } else if got == 0 {
                break
            } else if errno != EINTR {
                throw Failure(number: errno)
            }
        }
        return filled
    }
}
