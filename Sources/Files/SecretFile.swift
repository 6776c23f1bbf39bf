import Errors
import Glibc

/// A file whose exposure matters.
package enum SecretFile {
    /// Reads a file that only its owner, who reads it, may read or write. What was looked at is what is read: the file is
    /// opened once, and no link is followed.
    package static func read(_ path: String) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != ELOOP else {
                throw FileError(
                    .insecurePermissions, zh: "\(path) 是链接；请放入密钥文件本身",
                    en: "\(path) is a link; put the secret's own file there")
            }
            throw DurableFile.failure(.open, path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DurableFile.failure(.open, path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            throw FileError(
                .insecurePermissions, zh: "\(path) 不是只有这一个名字的文件；请改成这样",
                en: "\(path) is not a file with this one name; make it one")
        }
        guard status.st_uid == geteuid() else {
            throw FileError(
                .insecurePermissions, zh: "\(path) 属于其他用户；请运行：chown \(geteuid()) \(path)",
                en: "\(path) belongs to another user; run: chown \(geteuid()) \(path)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw FileError(
                .insecurePermissions, zh: "\(path) 除所有者外还有人可以读取；请运行：chmod 600 \(path)",
                en: "\(path) can be read by others than its owner; run: chmod 600 \(path)")
        }
        return try DurableFile.read(path, descriptor)
    }
}
