import Glibc

/// Files whose loss or exposure matters: private keys (0600, checked on every load), and
/// anything that must be whole or absent after a crash.
package enum KeyFile {
    package static func save(_ key: PrivateKey, passphrase: Passphrase, to path: String) throws(SigningError) {
        try DurableFile.create(Array(key.encryptedPEM(passphrase: passphrase).utf8), at: path, mode: 0o600)
    }

    package static func load(_ path: String, passphrase: Passphrase) throws(SigningError) -> PrivateKey {
        let text = String(decoding: try readSecret(path), as: UTF8.self)
        do {
            return try PrivateKey(pem: text, passphrase: passphrase)
        } catch {
            throw SigningError(error.code, "\(path): \(error.reason)")
        }
    }

    /// Reads a file that only its owner, who reads it, may read or write. What was looked at is what is read: the file is
    /// opened once, and no link is followed.
    package static func readSecret(_ path: String) throws(SigningError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != ELOOP else {
                throw SigningError(.insecurePermissions, "\(path) is a link; put the secret's own file there")
            }
            throw DurableFile.failure("cannot open", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DurableFile.failure("cannot open", path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            throw SigningError(.insecurePermissions, "\(path) is not a file with this one name; make it one")
        }
        guard status.st_uid == geteuid() else {
            throw SigningError(.insecurePermissions, "\(path) belongs to another user; run: chown \(geteuid()) \(path)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw SigningError(
                .insecurePermissions, "\(path) can be read by others than its owner; run: chmod 600 \(path)")
        }
        return try DurableFile.read(path, descriptor)
    }
}

package enum DurableFile {
    package static func read(_ path: String, limit: Int = 64 << 20) throws(SigningError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open", path) }
        defer { close(descriptor) }
        return try read(path, descriptor, limit: limit)
    }

    /// - Parameter descriptor: of the file, which is open.
    static func read(_ path: String, _ descriptor: Int32, limit: Int = 64 << 20) throws(SigningError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachBlock(of: path, descriptor) { block throws(SigningError) in
            bytes += block
            guard bytes.count <= limit else { throw SigningError(.fileAccess, "\(path) is larger than \(limit) bytes") }
        }
        return bytes
    }

    /// - Returns: the file's length.
    @discardableResult
    package static func forEachBlock(
        of path: String, _ body: ([UInt8]) throws(SigningError) -> Void
    ) throws(SigningError) -> Int {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open", path) }
        defer { close(descriptor) }
        return try forEachBlock(of: path, descriptor, body)
    }

    @discardableResult
    private static func forEachBlock(
        of path: String, _ descriptor: Int32, _ body: ([UInt8]) throws(SigningError) -> Void
    ) throws(SigningError) -> Int {
        var length = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw failure("cannot read", path) }
            if count == 0 { return length }
            length += count
            try body(Array(buffer[..<count]))
        }
    }

    /// Makes a new file; an existing one is never overwritten.
    package static func create(_ bytes: [UInt8], at path: String, mode: mode_t) throws(SigningError) {
        try whole(bytes, beside: path, mode: mode).create()
        syncDirectory(of: path)
    }

    /// Replaces a file: after a crash it holds the old bytes or the new, never a mixture.
    package static func replace(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(SigningError) {
        try whole(bytes, beside: path, mode: mode).replace()
        syncDirectory(of: path)
    }

    /// Gives a file another name, in place of what has that.
    package static func move(_ from: String, to path: String) throws(SigningError) {
        guard rename(from, path) == 0 else { throw failure("cannot move", from) }
        syncDirectory(of: path)
    }

    private static func whole(
        _ bytes: [UInt8], beside path: String, mode: mode_t
    ) throws(SigningError) -> TemporaryFile {
        let file = try TemporaryFile(beside: path, mode: mode)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { write(file.descriptor, $0.baseAddress! + offset, bytes.count - offset) }
            guard count > 0 else { break }
            offset += count
        }
        guard offset == bytes.count, fsync(file.descriptor) == 0 else { throw failure("cannot write", path) }
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

    package static func failure(_ what: String, _ path: String, _ reason: Int32 = errno) -> SigningError {
        let isDisk = [ENOSPC, EDQUOT, EIO].contains(reason)
        return SigningError(isDisk ? .diskFull : .fileAccess, "\(what) \(path): \(String(cString: strerror(reason)))")
    }
}
