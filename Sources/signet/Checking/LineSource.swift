import Glibc

/// Reads a file of lines in runs, so that its length never matters.
struct LineSource {
    /// Whole lines, the last one without its end.
    struct Lines: Sendable {
        let firstNumber: Int
        let bytes: [UInt8]
    }

    private static let runByteCount = 1 << 18
    private static let lineLimit = 1 << 16

    private let input: String
    private let descriptor: Descriptor
    private var rest: [UInt8] = []
    private var isAtEnd = false
    private var nextNumber = 1

    /// Closes what it opened.
    private final class Descriptor: Sendable {
        let value: Int32
        init(_ value: Int32) { self.value = value }
        deinit { if value != STDIN_FILENO { close(value) } }
    }

    /// - Parameter head: what was read of the input already.
    init(_ input: String, head: [UInt8] = []) throws {
        self.input = input
        rest = head
        let opened = input == "-" ? STDIN_FILENO : open(input, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw CommandFailure(.fileMissing, "cannot open \(input): \(String(cString: strerror(errno)))")
        }
        descriptor = Descriptor(opened)
    }

    mutating func nextLines() throws -> Lines? {
        var bytes = rest
        rest = []
        // What was read ahead may hold whole lines.
        if nextNumber == 1, let end = bytes.lastIndex(of: 0x0A) { return cut(&bytes, at: end) }
        while !isAtEnd {
            let had = bytes.count
            try readMore(into: &bytes)
            guard let end = bytes[had...].lastIndex(of: 0x0A) else {
                guard bytes.count <= Self.lineLimit || isAtEnd else {
                    throw CommandFailure(
                        .inputRefused,
                        "\(input) has a line longer than \(Self.lineLimit) bytes; give one QR text per line")
                }
                continue
            }
            return cut(&bytes, at: end)
        }
        return bytes.isEmpty ? nil : lines(bytes)
    }

    private mutating func cut(_ bytes: inout [UInt8], at end: Int) -> Lines {
        rest = Array(bytes[(end + 1)...])
        bytes.removeSubrange(end...)
        return lines(bytes)
    }

    private mutating func lines(_ bytes: [UInt8]) -> Lines {
        // Without a branch, so that many bytes are looked at together.
        defer { nextNumber += 1 + bytes.reduce(0) { $0 &+ ($1 == 0x0A ? 1 : 0) } }
        return Lines(firstNumber: nextNumber, bytes: bytes)
    }

    private mutating func readMore(into bytes: inout [UInt8]) throws {
        let had = bytes
        bytes = try Array(unsafeUninitializedCapacity: had.count + Self.runByteCount) { buffer, count in
            _ = buffer.update(fromContentsOf: had)
            let more = read(descriptor.value, buffer.baseAddress! + had.count, Self.runByteCount)
            guard more >= 0 else {
                throw CommandFailure(.fileMissing, "cannot read \(input): \(String(cString: strerror(errno)))")
            }
            if more == 0 { isAtEnd = true }
            count = had.count + more
        }
    }
}
