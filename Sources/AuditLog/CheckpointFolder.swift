import FoundationEssentials
import Glibc
import Signing

/// Checkpoints outside the database:
///
///     audit.key         signs them (Ed25519 seed, mode 0600), so that every command can
///     audit.pub.pem     with which the authority checks them
///     checkpoints       one line for each command that acted; only ever grows
///     checkpoint        the newest with what was used up by then, to be kept elsewhere
package struct CheckpointFolder: Sendable {
    private let path: String

    package init(_ path: String) { self.path = path }

    package var newestPath: String { path + "/checkpoint" }
    package var linesPath: String { path + "/checkpoints" }
    private var keyPath: String { path + "/audit.key" }
    package var publicKeyPath: String { path + "/audit.pub.pem" }

    /// Makes the key of a new log.
    package func createKey() throws -> PublicKey {
        let seed = try SecureRandom.bytes(PrivateKey.ed25519SeedByteCount)
        let key = try PrivateKey(ed25519Seed: seed)
        try DurableFile.create(seed, at: keyPath, mode: 0o600)
        try DurableFile.create(Array(key.publicKey.pem.utf8), at: publicKeyPath, mode: 0o644)
        return key.publicKey
    }

    package func publicKey() throws -> PublicKey {
        try PublicKey(pem: String(decoding: DurableFile.read(publicKeyPath), as: UTF8.self))
    }

    package func signingKey() throws -> PrivateKey { try PrivateKey(ed25519Seed: KeyFile.readSecret(keyPath)) }

    private var restoredPath: String { path + "/restored" }

    /// Whether the home was made from a backup that nobody has accepted yet.
    package var isRestored: Bool { access(restoredPath, F_OK) == 0 }

    package func markRestored() throws { try DurableFile.replace([], at: restoredPath) }
    package func markAccepted() throws {
        guard unlink(restoredPath) == 0 || errno == ENOENT else { throw Self.failure(restoredPath) }
    }

    package func keep(_ checkpoint: AuditCheckpoint) throws {
        let key = try signingKey()
        try DurableFile.replace(Array((checkpoint.signed(by: key) + "\n").utf8), at: newestPath)
        try append(Array((checkpoint.line.signed(by: key) + "\n").utf8))
    }

    /// Nil before the first.
    package func newest() throws -> AuditCheckpoint? {
        guard access(newestPath, F_OK) == 0 else { return nil }
        return try checkpoint(inFile: newestPath)
    }

    /// A copy of the newest, as it may have been kept elsewhere.
    package func checkpoint(inFile path: String) throws -> AuditCheckpoint {
        let text = String(decoding: try DurableFile.read(path), as: UTF8.self)
        return try AuditCheckpoint(jws: text.prefix { !$0.isNewline }, key: publicKey())
    }

    /// All lines and the newest, their signatures checked.
    package func all() throws -> [AuditCheckpoint] {
        let key = try publicKey()
        var checkpoints = try newest().map { [$0] } ?? []
        guard access(linesPath, F_OK) == 0 else { return checkpoints }
        let text = String(decoding: try DurableFile.read(linesPath), as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // What stands after the last line end was being written when the machine stopped.
        lines.removeLast()
        for line in lines { checkpoints.append(try AuditCheckpoint(jws: line, key: key)) }
        return checkpoints
    }

    private func append(_ bytes: [UInt8]) throws {
        let file = open(linesPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.failure(linesPath) }
        defer { close(file) }
        // One writer at a time, so that no line stands within another.
        guard flock(file, LOCK_EX) == 0 else { throw Self.failure(linesPath) }
        var end = lseek(file, 0, SEEK_END)
        var byte: UInt8 = 0
        while end > 0, pread(file, &byte, 1, end - 1) == 1, byte != 0x0A { end -= 1 }
        guard ftruncate(file, end) == 0, pwrite(file, bytes, bytes.count, end) == bytes.count, fsync(file) == 0
        else { throw Self.failure(linesPath) }
    }

    private static func failure(_ path: String) -> SigningError {
        SigningError(
            errno == ENOSPC ? .diskFull : .fileAccess, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
