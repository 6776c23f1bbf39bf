import Glibc

/// A file written in pieces that gets its name only when it is whole; given up, nothing stays behind.
package struct OutputFile: ~Copyable {
    private let path: String
    private let temporary: TemporaryFile

    package init(_ path: String, mode: mode_t = 0o644) throws {
        self.path = path
        temporary = try TemporaryFile(beside: path, mode: mode)
    }

    package func write(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(temporary.descriptor, $0.baseAddress! + offset, bytes.count - offset)
            }
            guard count > 0 else { throw DurableFile.failure(.write, path) }
            offset += count
        }
    }

    /// Makes the content durable under its name.
    package consuming func commit() throws {
        guard fsync(temporary.descriptor) == 0 else { throw DurableFile.failure(.write, path) }
        try temporary.replace()
    }
}
