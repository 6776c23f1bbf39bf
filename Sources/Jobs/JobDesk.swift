import Errors
import Files
import Glibc
import Store
import Synchronization

/// Where one job is carried out: it takes the progress and the file.
package final class JobDesk: Sendable {
    private let job: TakenJob
    private let store: any JobStore
    private let pieces: JobPieces
    private let progress = Mutex<Progress?>(nil)

    struct Progress: Hashable, Sendable { let done, total: Int }

    init(_ job: TakenJob, in store: any JobStore, pieces: JobPieces) {
        (self.job, self.store, self.pieces) = (job, store, pieces)
    }

    /// Shown within about a second.
    package func report(_ done: Int, of total: Int) { progress.withLock { $0 = Progress(done: done, total: total) } }

    /// The newest that was not taken yet.
    func takeProgress() -> Progress? {
        progress.withLock { newest in
            defer { newest = nil }
            return newest
        }
    }

    package func keep(_ bytes: [UInt8], named fileName: String, type: String) async throws -> JobResult {
        var count = 0
        for start in stride(from: 0, to: bytes.count, by: JobPieces.byteCount) {
            let end = min(start + JobPieces.byteCount, bytes.count)
            try await append(Array(bytes[start..<end]), at: count)
            count += 1
        }
        return JobResult(fileName: fileName, mediaType: type, byteCount: bytes.count, pieceCount: count)
    }

    /// A file that is larger than memory should be.
    package func keep(fileAt path: String, named fileName: String, type: String) async throws -> JobResult {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw DurableFile.failure(.open, path) }
        defer { close(file) }
        var (count, byteCount) = (0, 0)
        while true {
            let bytes = try Self.read(file, path)
            if bytes.isEmpty { break }
            try await append(bytes, at: count)
            count += 1
            byteCount += bytes.count
        }
        return JobResult(fileName: fileName, mediaType: type, byteCount: byteCount, pieceCount: count)
    }

    /// A whole piece, but at the end.
    private static func read(_ file: Int32, _ path: String) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: JobPieces.byteCount)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                // Within the buffer, as it is not full.
                Glibc.read(file, $0.baseAddress! + filled, $0.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw DurableFile.failure(.read, path) }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes[..<filled])
    }

    private func append(_ bytes: [UInt8], at position: Int) async throws {
        let piece = try pieces.seal(bytes, at: position, of: job.job.id)
        try await store.write { [job] in try $0.append(piece: piece, at: position, of: job) }
    }
}
