/// Writes the plain values of an answer: integers in eight bytes, little-endian, and bytes behind their count.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: Int) {
        // bounded: both have 64 bits.
        withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ content: some Collection<UInt8>) {
        append(content.count)
        bytes.append(contentsOf: content)
    }

    mutating func append(_ text: String) { append(text.utf8) }

    mutating func append(_ texts: [String]) {
        append(texts.count)
        for text in texts { append(text) }
    }
}

/// Reads what ``WireWriter`` wrote, and believes nothing: each count is compared with what is left.
struct WireReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    private var left: Int { bytes.count - position }

    mutating func integer() throws(ParsingFailure) -> Int {
        guard left >= 8 else { throw .brokenAnswer }
        defer { position += 8 }
        let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Int64.self) }
        // bounded: both have 64 bits.
        return Int(Int64(littleEndian: value))
    }

    /// A number of things of which each takes so many bytes at least.
    mutating func count(ofAtLeast size: Int = 1) throws(ParsingFailure) -> Int {
        let count = try integer()
        guard count >= 0, count <= left / size else { throw .brokenAnswer }
        return count
    }

    mutating func content() throws(ParsingFailure) -> [UInt8] {
        let count = try count()
        defer { position += count }
        // bounded: count is at most what is left.
        return Array(bytes[position..<position + count])
    }

    mutating func text() throws(ParsingFailure) -> String {
        let content = try content()
        guard let text = String(validating: content, as: UTF8.self) else { throw .brokenAnswer }
        return text
    }

    mutating func texts() throws(ParsingFailure) -> [String] {
        var texts: [String] = []
        for _ in 0..<(try count(ofAtLeast: 8)) { texts.append(try text()) }
        return texts
    }

    func end() throws(ParsingFailure) {
        guard left == 0 else { throw .brokenAnswer }
    }
}
