import Errors
import Files
import Glibc
import Signing

/// Reads `checkpoints` line by line, each with its signature checked: the file may be larger than the memory.
final class CheckpointLines {
    private static let blockSize = 65_536

    private let path: String
    private let key: PublicKey
    /// Below zero when there is no file, and nothing to read.
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var place = 0
    private var last: (text: [UInt8], checkpoint: AuditCheckpoint)?

    init(_ path: String, key: PublicKey) throws {
        (self.path, self.key) = (path, key)
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 || errno == ENOENT else { throw DurableFile.failure(.open, path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Nil after the last whole line: what stands after it was being written when the machine stopped.
    func next() throws -> (text: [UInt8], checkpoint: AuditCheckpoint)? {
        guard let text = try nextText() else { return nil }
        if let last, last.text == text { return last }
        let line = (text, try AuditCheckpoint(jws: String(decoding: text, as: UTF8.self), key: key))
        last = line
        return line
    }

    private func nextText() throws -> [UInt8]? {
        while true {
            if let end = buffer[place...].firstIndex(of: 0x0A) {
                defer { place = end + 1 }
                return Array(buffer[place..<end])
            }
            buffer.removeFirst(place)
            place = 0
            guard buffer.count <= Self.blockSize else {
                throw AuditProblem(
                    .badCheckpoint, zh: "\(path) 中有一行不是检查点", en: "\(path) has a line that is no checkpoint")
            }
            guard try readBlock() else { return nil }
        }
    }

    private func readBlock() throws -> Bool {
        guard descriptor >= 0 else { return false }
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        let count = read(descriptor, &block, block.count)
        guard count >= 0 else { throw DurableFile.failure(.read, path) }
        buffer += block[..<count]
        return count > 0
    }
}

extension CheckpointFolder {
    /// Each checkpoint in turn, the newest last, for ``AuditChain``.
    package func stream() throws -> () throws -> AuditCheckpoint? {
        let lines = try CheckpointLines(linesPath, key: publicKey())
        var newest = try newest()
        return {
            if let line = try lines.next() { return line.checkpoint }
            defer { newest = nil }
            return newest
        }
    }

    /// The lines that declare acts lost, in order.
    package func losses() throws -> [AuditCheckpoint] {
        let lines = try CheckpointLines(linesPath, key: publicKey())
        var losses: [AuditCheckpoint] = []
        while let line = try lines.next() { if line.checkpoint.lost != nil { losses.append(line.checkpoint) } }
        return losses
    }

    /// Keeps of the lines up to a verified entry only the last, which signs all before it, and those that declare
    /// acts lost. To be called under the lock.
    package func fold(upTo sequence: Int) throws {
        let lines = try CheckpointLines(linesPath, key: publicKey())
        var kept: [[UInt8]] = []
        var (verified, dropped) = ([UInt8]?.none, 0)
        while let (text, checkpoint) = try lines.next() {
            if checkpoint.lost == nil, checkpoint.sequence <= sequence {
                dropped += verified == nil ? 0 : 1
                verified = text
            } else {
                if checkpoint.sequence > sequence, let line = verified {
                    kept.append(line)
                    verified = nil
                }
                kept.append(text)
            }
        }
        if let verified { kept.append(verified) }
        guard dropped > 0 else { return }
        try DurableFile.replace(Array(kept.joined(separator: [0x0A])) + [0x0A], at: linesPath)
    }
}
