import Glibc

/// A new file beside another, under a name that nobody can foresee, until it takes that one's place. Two containers on
/// one volume may have the same process number, and a file or link that stands there already is somebody else's.
package enum TemporaryFile {
    /// For a file or folder that is yet to be made.
    package static func name(beside path: String) throws(SigningError) -> String {
        let digits: [Character] = Array("0123456789abcdef")
        let random = try SecureRandom.bytes(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\(path).new-\(String(random))"
    }

    /// - Returns: the new file, open for writing, and its name.
    package static func create(
        beside path: String, mode: mode_t
    ) throws(SigningError) -> (descriptor: Int32, name: String) {
        let name = try name(beside: path)
        let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw DurableFile.failure("cannot create", path) }
        return (descriptor, name)
    }
}
