import Errors
import Files
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
    /// Of tables, whose quoted cells may hold line ends; nil for plain lines.
    private let delimiter: UInt8?
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
    init(_ input: String, head: [UInt8] = [], quotedBy delimiter: UInt8? = nil) throws {
        (self.input, self.delimiter) = (input, delimiter)
        rest = head
        let opened = input == "-" ? STDIN_FILENO : open(input, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw Refusal(.missing, FileOperation.open.failure(input, errno))
        }
        descriptor = Descriptor(opened)
    }

    mutating func nextLines() throws -> Lines? {
        var bytes = rest
        rest = []
        // What was read ahead may hold whole lines.
        if nextNumber == 1, let end = lastEnd(in: bytes, from: 0) { return cut(&bytes, at: end) }
        while !isAtEnd {
            let had = bytes.count
            try readMore(into: &bytes)
            guard let end = lastEnd(in: bytes, from: had) else {
                guard bytes.count <= Self.lineLimit || isAtEnd else {
                    throw Refusal(
                        .refused, zh: "\(input) 中有一行超过 \(Self.lineLimit) 字节；请每行只放一个二维码内容",
                        en: "\(input) has a line longer than \(Self.lineLimit) bytes; give one QR text per line")
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
        let ends = ends(in: bytes)?.count ?? bytes.reduce(0) { $0 &+ ($1 == 0x0A ? 1 : 0) }
        defer { nextNumber += 1 + ends }
        return Lines(firstNumber: nextNumber, bytes: nextNumber == 1 ? Self.withoutMark(bytes) : bytes)
    }

    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private func lastEnd(in bytes: [UInt8], from had: Int) -> Int? {
        if let ends = ends(in: bytes) { return ends.last }
        return bytes[had...].lastIndex(of: 0x0A)
    }

    /// Where records end, when some cell is quoted; nil when every line end is one. A quote opens only where a cell
    /// begins, as for ``CellSplitter`` of Results.
    private func ends(in bytes: [UInt8]) -> [Int]? {
        guard let delimiter, Self.hasQuote(bytes) else { return nil }
        var ends: [Int] = []
        var (isQuoted, isCellStart) = (false, true)
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            let byte = bytes[start]
            if isQuoted {
                isQuoted = byte != 0x22
                isCellStart = false
            } else {
                // A doubled quote closes and opens again.
                let isDoubled = byte == 0x22 && start > 0 && bytes[start - 1] == 0x22
                isQuoted = byte == 0x22 && (isCellStart || isDoubled)
                if byte == 0x0A { ends.append(start) }
                isCellStart = byte == delimiter || byte == 0x0A || byte == 0x0D
            }
            start += 1
        }
        return ends
    }

    private static func hasQuote(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in bytes.baseAddress.map { memchr($0, 0x22, bytes.count) != nil } ?? false }
    }

    private mutating func readMore(into bytes: inout [UInt8]) throws {
        let had = bytes
        bytes = try Array(unsafeUninitializedCapacity: had.count + Self.runByteCount) { buffer, count in
            _ = buffer.update(fromContentsOf: had)
            // bounded: the buffer has place for what was there and a run more.
            let more = read(descriptor.value, buffer.baseAddress! + had.count, Self.runByteCount)
            guard more >= 0 else {
                throw Refusal(.missing, FileOperation.read.failure(input, errno))
            }
            if more == 0 { isAtEnd = true }
            count = had.count + more
        }
    }
}
