import Errors

/// Reads deterministic CBOR and refuses all else: longer heads than needed, indefinite lengths,
/// floats and simple values, unordered or repeated map keys, nesting over ``maximumDepth``.
package struct CBORReader {
    /// What of others' CBOR is read that ours does not have.
    package enum Dialect: Sendable {
        case deterministic
        /// What authenticators send (CTAP 2.2 §8): false, true and null are passed over, and what is skipped may have
        /// its keys in another order, each still once.
        case authenticator
    }

    package static let maximumDepth = 8
    package static let maximumTextByteCount = 600

    package enum Key: Hashable, Sendable {
        case integer(Int)
        case text(String)
    }

    private let bytes: ArraySlice<UInt8>
    private let dialect: Dialect
    private var position: Int
    private var depth = 0

    package init(_ bytes: ArraySlice<UInt8>, dialect: Dialect = .deterministic) {
        self.bytes = bytes
        self.dialect = dialect
        position = bytes.startIndex
    }

    package init(_ bytes: [UInt8], dialect: Dialect = .deterministic) { self.init(bytes[...], dialect: dialect) }

    /// What has not been read yet.
    // bounded: the position is not behind the end.
    package var rest: ArraySlice<UInt8> { bytes[position...] }

    /// To be called after the last item: nothing may follow it.
    package func finish() throws(FormatError) {
        guard position == bytes.endIndex else {
            throw FormatError(
                .trailingBytes, zh: "结束之后还有 \(bytes.endIndex - position) 字节",
                en: "\(bytes.endIndex - position) bytes follow the end")
        }
    }

    package mutating func readInteger() throws(FormatError) -> Int {
        let (major, argument) = try readHead()
        guard major <= 1 else {
            throw FormatError(
                .wrongType, zh: "第 \(position) 字节处应为整数", en: "an integer was expected at byte \(position)")
        }
        guard let value = Int(exactly: argument) else {
            throw FormatError(.tooLong, zh: "有一个整数超过 63 位", en: "an integer exceeds 63 bits")
        }
        return major == 0 ? value : -1 - value
    }

    package mutating func readBytes() throws(FormatError) -> ArraySlice<UInt8> {
        let (major, argument) = try readHead()
        guard major == 2 else {
            throw FormatError(
                .wrongType, zh: "第 \(position) 字节处应为字节串", en: "a byte string was expected at byte \(position)")
        }
        return bytes[try take(argument)]
    }

    package mutating func readText() throws(FormatError) -> String {
        let (major, argument) = try readHead()
        guard major == 3 else {
            throw FormatError(.wrongType, zh: "第 \(position) 字节处应为文本", en: "text was expected at byte \(position)")
        }
        return try readTextBody(argument)
    }

    package mutating func readArrayHead() throws(FormatError) -> Int { try readContainerHead(major: 4, "an array") }

    /// The head of a tag, such as 18.
    package mutating func readTag() throws(FormatError) -> UInt64 {
        let (major, argument) = try readHead()
        guard major == 6 else {
            throw FormatError(.wrongType, zh: "第 \(position) 字节处应为标签", en: "a tag was expected at byte \(position)")
        }
        return argument
    }

    /// Whether a byte string comes next.
    package var isAtBytes: Bool { position < bytes.endIndex && bytes[position] >> 5 == 2 }

    /// Whether a text comes next.
    package var isAtText: Bool { position < bytes.endIndex && bytes[position] >> 5 == 3 }

    /// Reads a map entry by entry; `entry` must read exactly one value each time.
    ///
    /// - Parameter inAnyOrder: for messages of others, whose keys need not be in deterministic order.
    package mutating func readMap(
        inAnyOrder: Bool = false, _ entry: (Key, inout CBORReader) throws(FormatError) -> Void
    ) throws(FormatError) {
        let count = try readContainerHead(major: 5, "a map")
        depth += 1
        // bounded: empty.
        var previous = position..<position
        var keys: Set<Key> = []
        for index in 0..<count {
            let start = position
            let key = try readKey()
            // bounded: the position only goes forward.
            let encoded = start..<position
            let isInPlace = inAnyOrder ? keys.insert(key).inserted : isOrdered(previous, encoded)
            guard index == 0 || isInPlace else {
                throw FormatError(
                    .notCanonical, zh: "第 \(start) 字节处的映射键重复或次序不对",
                    en: "map keys are repeated or out of order at byte \(start)")
            }
            previous = encoded
            try entry(key, &self)
        }
        depth -= 1
    }

    /// Reads one item of any supported kind and forgets it.
    package mutating func skip() throws(FormatError) {
        guard position < bytes.endIndex else { throw Self.truncated }
        switch bytes[position] >> 5 {
        case 0, 1: _ = try readInteger()
        case 2: _ = try readBytes()
        case 3: _ = try readSafeText()
        case 4:
            let count = try readArrayHead()
            depth += 1
            for _ in 0..<count { try skip() }
            depth -= 1
        case 5:
            try readMap(inAnyOrder: dialect == .authenticator) { (_, reader) throws(FormatError) in try reader.skip() }
        // RFC 8949, table 4: false, true and null.
        case 7 where dialect == .authenticator && (0xF4...0xF6).contains(bytes[position]): position += 1
        default:
            throw FormatError(
                .wrongType, zh: "第 \(position) 字节处是标签、浮点数或简单值",
                en: "a tag, float or simple value stands at byte \(position)")
        }
    }

    /// Whether the bytes of one range come before those of another. By indexes: slices of the bytes would be counted
    /// references, which cost more than all the rest of reading.
    private func isOrdered(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        for (a, b) in zip(first, second) where bytes[a] != bytes[b] { return bytes[a] < bytes[b] }
        return first.count < second.count
    }

    private mutating func readKey() throws(FormatError) -> Key {
        guard position < bytes.endIndex else { throw Self.truncated }
        return bytes[position] >> 5 == 3 ? .text(try readSafeText()) : .integer(try readInteger())
    }

    private mutating func readContainerHead(major expected: UInt8, _ name: String) throws(FormatError) -> Int {
        let (major, argument) = try readHead()
        guard major == expected else {
            throw FormatError(
                .wrongType, zh: "第 \(position) 字节处应为 \(name)", en: "\(name) was expected at byte \(position)")
        }
        guard depth < Self.maximumDepth else {
            throw FormatError(
                .tooDeep, zh: "嵌套超过 \(Self.maximumDepth) 层", en: "nested deeper than \(Self.maximumDepth)")
        }
        // Every entry takes at least a byte, so a count above what is left is a lie.
        // bounded: the position is not behind the end.
        guard argument <= UInt64(bytes.endIndex - position) else { throw Self.truncated }
        // bounded: at most what is left, as checked above.
        return Int(argument)
    }

    private mutating func readHead() throws(FormatError) -> (major: UInt8, argument: UInt64) {
        guard position < bytes.endIndex else { throw Self.truncated }
        let initial = bytes[position]
        position += 1
        let information = initial & 31
        guard information >= 24 else { return (initial >> 5, UInt64(information)) }
        guard information <= 27, initial >> 5 != 7 else {
            throw FormatError(
                .notCanonical, zh: "第 \(position - 1) 字节处是不定长度、浮点数或保留的头部",
                en: "an indefinite length, float or reserved head at byte \(position - 1)")
        }
        // bounded: 24 to 27, as checked above.
        let byteCount = 1 << Int(information - 24)
        guard bytes.endIndex - position >= byteCount else { throw Self.truncated }
        var argument: UInt64 = 0
        for _ in 0..<byteCount {
            argument = argument << 8 | UInt64(bytes[position])
            position += 1
        }
        let smallest: UInt64 = information == 24 ? 24 : 1 << UInt64(byteCount * 4)
        guard argument >= smallest else {
            throw FormatError(
                .notCanonical, zh: "第 \(position) 字节之前的长度或整数写得过长",
                en: "a length or integer is longer than needed before byte \(position)")
        }
        return (initial >> 5, argument)
    }

    private mutating func take(_ count: UInt64) throws(FormatError) -> Range<Int> {
        // bounded: the position is not behind the end.
        guard count <= UInt64(bytes.endIndex - position) else { throw Self.truncated }
        let start = position
        // bounded: at most what is left, as checked above.
        position += Int(count)
        // bounded: the position only goes forward.
        return start..<position
    }

    private mutating func readTextBody(_ count: UInt64) throws(FormatError) -> String {
        // bounded: a constant.
        guard count <= UInt64(Self.maximumTextByteCount) else {
            throw FormatError(
                .tooLong, zh: "文本超过 \(Self.maximumTextByteCount) 字节",
                en: "text of more than \(Self.maximumTextByteCount) bytes")
        }
        let body = try take(count)
        let start = body.lowerBound - bytes.startIndex
        guard let text = try? UTF8Span(validating: bytes.span.extracting(start..<(start + body.count))) else {
            throw FormatError(
                .malformedText, zh: "第 \(position) 字节之前的文本不是 UTF-8", en: "text before byte \(position) is not UTF-8")
        }
        return String(copying: text)
    }

    private static let truncated = FormatError(.truncated, zh: "内容还没有完就结束了", en: "it ends before its content does")
}
