/// The texts that cells of all sheets refer to by number, as one run of bytes.
final class SharedStrings: XMLHandler {
    /// Of the part, inflated. A million different names have about 40 MB.
    private static let longestPart = 128 << 20

    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    private var text = RichText()
    var isDone: Bool { text.isTooLong }

    init() {}

    init(_ part: String, in archive: ZipArchive) throws(WorkbookProblem) {
        try read(part, in: archive, longest: Self.longestPart)
        guard !text.isTooLong else { throw WorkbookProblem(.tooLarge, part: part) }
    }

    /// The bytes of a text; nil when there is none of this number.
    func withText(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
        guard ends.indices.contains(index) else { return false }
        // bounded: of 32 bits.
        let start = index == 0 ? 0 : Int(ends[index - 1])
        // bounded: the ends only grow, up to the end of the bytes.
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<Int(ends[index])])) }
        return true
    }

    func start(_ name: XMLText, _ attributes: XMLAttributes) { text.start(name) }

    func end(_ name: XMLText) {
        text.end(name)
        guard name.is("si") else { return }
        bytes += text.take()
        // Less than 4 GiB, as the part is.
        // bounded: less than 4 GiB, as the part is.
        ends.append(UInt32(bytes.count))
    }

    func text(_ bytes: UnsafeRawBufferPointer) { text.append(bytes) }
}

/// Gathers the runs of a text. How a text is read aloud (`rPh`) does not belong to it.
struct RichText {
    /// A cell may have 32,767 characters (ISO/IEC 29500-1, 18.3.1.4); far beyond it the memory matters.
    static let longest = 1 << 20

    private var bytes: [UInt8] = []
    private var isInText = false
    private var isInPhonetic = false
    private var hasEscapes = false

    mutating func start(_ name: XMLText) {
        if name.is("t") { isInText = true }
        if name.is("rPh") { isInPhonetic = true }
    }

    mutating func end(_ name: XMLText) {
        if name.is("t") { isInText = false }
        if name.is("rPh") { isInPhonetic = false }
    }

    mutating func append(_ text: UnsafeRawBufferPointer) {
        guard isInText, !isInPhonetic else { return }
        hasEscapes = hasEscapes || text.contains(UInt8(ascii: "_"))
        bytes.append(contentsOf: text)
    }

    var isTooLong: Bool { bytes.count > Self.longest }

    /// The text so far, and makes ready for the next.
    mutating func take() -> [UInt8] {
        defer {
            bytes.removeAll(keepingCapacity: true)
            hasEscapes = false
        }
        return hasEscapes ? Self.withoutEscapes(bytes) : bytes
    }

    /// `_x000D_` stands for a character that XML cannot hold (ISO/IEC 29500-1, 22.4.2.4).
    static func withoutEscapes(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if i + 7 <= bytes.count, bytes[i] == UInt8(ascii: "_"), bytes[i + 1] == UInt8(ascii: "x"),
                bytes[i + 6] == UInt8(ascii: "_"),
                // bounded: seven bytes are there; nil where they are no number.
                let value = UInt32(String(decoding: bytes[(i + 2)..<(i + 6)], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            {
                result.append(contentsOf: Array(String(Character(scalar)).utf8))
                i += 7
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return result
    }
}
