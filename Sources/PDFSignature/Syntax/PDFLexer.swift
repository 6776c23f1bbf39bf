/// What a content stream is made of.
enum PDFToken {
    case operand(PDFObject)
    case keyword(String)
}

/// Reads the tokens and objects of ISO 32000 §7.2–7.3 strictly, within caps, and only forward.
struct PDFLexer {
    private let bytes: [UInt8]
    private(set) var position: Int

    private static let deepestNesting = 16
    private static let largestDictionary = 256
    /// Values that one lexer hands over for keeping; tokens of content are looked at one after the other.
    private static let mostValues = 1 << 18
    private static let mostValuesOfToken = 1 << 14
    private var valuesLeft = Self.mostValues

    /// - Parameter position: one past the end is the end.
    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = min(max(0, position), bytes.count)
    }

    var isAtEnd: Bool { position >= bytes.count }

    static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    /// Skips white space and comments.
    mutating func skipSpace() {
        while position < bytes.count {
            if Self.isWhiteSpace(bytes[position]) {
                position += 1
            } else if bytes[position] == UInt8(ascii: "%") {
                while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            } else {
                return
            }
        }
    }

    /// Takes exactly these bytes, or nothing.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for i in 0..<count where bytes[position + i] != text.utf8Start[i] { return false }
        position += count
        return true
    }

    mutating func takeByte() throws(PDFProblem) -> UInt8 {
        guard position < bytes.count else { throw .malformed("it ends too early") }
        defer { position += 1 }
        return bytes[position]
    }

    /// A run of regular characters: a number, keyword or operator.
    mutating func word() -> Range<Int> {
        let start = position
        while position < bytes.count, !Self.isWhiteSpace(bytes[position]), !Self.isDelimiter(bytes[position]) {
            position += 1
        }
        // bounded: the position only goes forward.
        return start..<position
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    mutating func skip(_ count: Int) { position += min(max(0, count), bytes.count - position) }

    mutating func unsignedInteger() throws(PDFProblem) -> Int {
        guard let value = Self.integer(text(word())), value >= 0 else { throw .malformed("a number is missing") }
        return value
    }

    private static func integer(_ text: String) -> Int? {
        text.utf8.count <= 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D }
            // bounded: nil where it does not fit.
            ? Int(text) : nil
    }

    mutating func object(depth: Int = 0) throws(PDFProblem) -> PDFObject {
        guard depth < Self.deepestNesting else { throw .malformed("its objects are nested too deeply") }
        guard valuesLeft > 0 else { throw .malformed("it has too many values") }
        valuesLeft -= 1
        skipSpace()
        guard position < bytes.count else { throw .malformed("it ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "/"): return .name(try name())
        case UInt8(ascii: "("): return try literalString()
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "<"):
            return position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "<")
                ? .dictionary(try dictionary(depth)) : try hexadecimalString()
        default: return try keywordOrNumber()
        }
    }

    /// The next operand or operator of a content stream, or of a CMap; nil at the end.
    mutating func token() throws(PDFProblem) -> PDFToken? {
        skipSpace()
        valuesLeft = Self.mostValuesOfToken
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        guard Self.isRegular(byte), !(0x2B...0x39).contains(byte) else { return .operand(try object()) }
        let word = text(word())
        switch word {
        case "true": return .operand(.boolean(true))
        case "false": return .operand(.boolean(false))
        case "null": return .operand(.null)
        default: return .keyword(word)
        }
    }

    private mutating func keywordOrNumber() throws(PDFProblem) -> PDFObject {
        let token = text(word())
        switch token {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: break
        }
        if let value = Self.integer(token) { return try reference(to: value) ?? .integer(value) }
        guard !token.isEmpty, token.utf8.count <= 24, token.contains("."), Double(token) != nil,
            token.utf8.allSatisfy({ (0x2B...0x39).contains($0) && $0 != 0x2C && $0 != 0x2F })
        else { throw .malformed("it has a token that is none") }
        return .real(token)
    }

    /// `n 0 R` where an integer was read; back to after the integer when it is no reference.
    private mutating func reference(to number: Int) throws(PDFProblem) -> PDFObject? {
        let start = position
        if number > 0, take(" 0 R"), position == bytes.count || !Self.isRegular(bytes[position]) {
            return .reference(number)
        }
        position = start
        return nil
    }

    private static func isRegular(_ byte: UInt8) -> Bool { !isWhiteSpace(byte) && !isDelimiter(byte) }

    private mutating func name() throws(PDFProblem) -> String {
        position += 1
        let raw = bytes[word()]
        guard raw.count <= 127 else { throw .malformed("a name is too long") }
        guard raw.contains(UInt8(ascii: "#")) else { return String(decoding: raw, as: UTF8.self) }
        var decoded: [UInt8] = []
        var rest = raw[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "#") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Self.nibble), let low = rest.popFirst().flatMap(Self.nibble)
            else { throw .malformed("a name has an incomplete escape") }
            decoded.append(high << 4 | low)
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private mutating func hexadecimalString() throws(PDFProblem) -> PDFObject {
        let start = position
        position += 1
        var decoded: [UInt8] = []
        var high: UInt8?
        while true {
            let byte = try takeByte()
            if byte == UInt8(ascii: ">") { break }
            if Self.isWhiteSpace(byte) { continue }
            guard let nibble = Self.nibble(byte) else { throw .malformed("a string has a digit that is none") }
            if let first = high {
                decoded.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        if let high { decoded.append(high << 4) }
        // bounded: the position only goes forward.
        return .string(decoded, at: start..<position)
    }

    private mutating func literalString() throws(PDFProblem) -> PDFObject {
        let start = position
        position += 1
        var decoded: [UInt8] = []
        var depth = 1
        while true {
            let byte = try takeByte()
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                // bounded: the position only goes forward.
                if depth == 0 { return .string(decoded, at: start..<position) }
            case UInt8(ascii: "\\"):
                if let escaped = try escape() { decoded.append(escaped) }
                continue
            default: break
            }
            decoded.append(byte)
        }
    }

    private mutating func escape() throws(PDFProblem) -> UInt8? {
        let byte = try takeByte()
        switch byte {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case 0x0A: return nil
        case 0x30...0x37:
            var value = Int(byte - 0x30)
            for _ in 0..<2 {
                guard position < bytes.count, (0x30...0x37).contains(bytes[position]) else { break }
                value = value * 8 + Int(bytes[position] - 0x30)
                position += 1
            }
            return UInt8(truncatingIfNeeded: value)
        default: return byte
        }
    }

    private mutating func array(_ depth: Int) throws(PDFProblem) -> PDFObject {
        position += 1
        var elements: [PDFObject] = []
        while true {
            skipSpace()
            if take("]") { return .array(elements) }
            elements.append(try object(depth: depth + 1))
        }
    }

    private mutating func dictionary(_ depth: Int) throws(PDFProblem) -> PDFDictionary {
        position += 2
        var dictionary = PDFDictionary()
        while true {
            skipSpace()
            if take(">>") { return dictionary }
            guard position < bytes.count, bytes[position] == UInt8(ascii: "/") else {
                throw .malformed("a dictionary has a key that is no name")
            }
            let key = try name()
            // A key that stands twice would mean one thing here and another elsewhere.
            guard dictionary.entries.count < Self.largestDictionary, dictionary[key] == nil else {
                throw .malformed("a dictionary has a key twice, or too many")
            }
            dictionary[key] = try object(depth: depth + 1)
        }
    }
}
