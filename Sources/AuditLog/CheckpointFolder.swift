import Errors
import Files
import FoundationEssentials
import Glibc
import Signing

/// Checkpoints outside the database:
///
///     audit.key         signs them (Ed25519 seed, mode 0600), so that every command can
///     audit.pub.pem     with which the authority checks them
///     checkpoints       one line for the acts signed together; what was verified is folded
///     checkpoint        the newest with what was used up by then, to be kept elsewhere
///     .lock             who has it may read the end of the log, sign it and write
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

    package func signingKey() throws -> PrivateKey { try PrivateKey(ed25519Seed: SecretFile.read(keyPath)) }

    private var restoredPath: String { path + "/restored" }

    /// Whether the home was made from a backup that nobody has accepted yet.
    package var isRestored: Bool { access(restoredPath, F_OK) == 0 }

    package func markRestored() throws { try DurableFile.replace([], at: restoredPath) }
    package func markAccepted() throws {
        guard unlink(restoredPath) == 0 || errno == ENOENT else {
            throw DurableFile.failure(.write, restoredPath)
        }
    }

    /// One at a time in all processes: else an older end of the log could be written over a newer one.
    package func withLock<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        let lock = try await FileLock(path + "/.lock")
        defer { lock.release() }
        return try await body()
    }

    /// Does it alone, under the lock, for all who ask meanwhile in this process.
    package func inRound(
        _ body: @escaping @Sendable () async throws -> AuditCheckpoint?
    ) async throws -> AuditCheckpoint? {
        try await CheckpointRounds.round(of: path).join { try await withLock(body) }
    }

    /// To be called under the lock.
    package func keep(_ checkpoint: AuditCheckpoint) throws {
        if let newest = try newest(), newest.sequence > checkpoint.sequence {
            throw AuditProblem(
                .behind, zh: "检查点 \(checkpoint.sequence) 不是最后一个：这里记录过 \(newest.sequence)",
                en: "checkpoint \(checkpoint.sequence) is not the last: \(newest.sequence) was recorded here")
        }
        let key = try signingKey()
        try DurableFile.replace(Array((checkpoint.signed(by: key) + "\n").utf8), at: newestPath)
        try append(Array((checkpoint.line.signed(by: key) + "\n").utf8))
    }

    /// Says for ever that acts are lost. To be called under the lock, by who accepts an older database.
    package func declare(_ loss: AuditCheckpoint) throws {
        try append(Array((loss.signed(by: signingKey()) + "\n").utf8))
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

    private func append(_ bytes: [UInt8]) throws {
        let file = open(linesPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw DurableFile.failure(.write, linesPath) }
        defer { close(file) }
        // What a stopped machine left half written goes.
        var end = lseek(file, 0, SEEK_END)
        var byte: UInt8 = 0
        while end > 0, pread(file, &byte, 1, end - 1) == 1, byte != 0x0A { end -= 1 }
        guard ftruncate(file, end) == 0, pwrite(file, bytes, bytes.count, end) == bytes.count, fsync(file) == 0
        else { throw DurableFile.failure(.write, linesPath) }
    }
}
