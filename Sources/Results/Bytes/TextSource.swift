/// The text of a file as UTF-8, block by block. A value: a copy reads on independently.
struct TextSource {
    static let blockSize = 1 << 18

    private let file: FileBytes
    private let encoding: SheetEncoding
    private var offset: Int
    /// Bytes of a character that the end of the last block cut off.
    private var carry: [UInt8] = []
    /// The byte that cannot be decoded, once the text before it has been handed out.
    private var failedAt: Int?

    init(file: FileBytes, detected: DetectedEncoding) {
        self.file = file
        encoding = detected.encoding
        offset = detected.markLength
        damagedAt = detected.damagedAt
    }

    private let damagedAt: Int?

    enum Block {
        case text([UInt8])
        case end
        case undecodable(offset: Int)
    }

    mutating func next() throws(SheetProblem) -> Block {
        if let failedAt { return .undecodable(offset: failedAt) }
        return encoding == .utf8 ? try nextUTF8() : try nextConverted()
    }

    /// Well-formed up to `damagedAt`, as ``DetectedEncoding`` has checked.
    private mutating func nextUTF8() throws(SheetProblem) -> Block {
        if let damagedAt, offset >= damagedAt { return .undecodable(offset: damagedAt) }
        let bytes = try file.read(at: offset, count: min(Self.blockSize, (damagedAt ?? .max) - offset))
        offset += bytes.count
        return bytes.isEmpty ? .end : .text(bytes)
    }

    private mutating func nextConverted() throws(SheetProblem) -> Block {
        let block = try file.read(at: offset, count: Self.blockSize)
        let start = offset - carry.count
        offset += block.count
        let bytes = carry + block
        if bytes.isEmpty { return .end }
        let (text, consumed, stop) = Transcoder.utf8(from: bytes, encoding: encoding.rawValue)
        carry = Array(bytes[consumed...])
        if stop == .malformed || block.isEmpty && stop == .incomplete { failedAt = start + consumed }
        if text.isEmpty, let failedAt { return .undecodable(offset: failedAt) }
        return .text(text)
    }
}
