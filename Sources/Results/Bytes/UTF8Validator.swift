/// Strict UTF-8 (Unicode table 3-7) over a file that arrives in blocks.
struct UTF8Validator {
    /// Characters of more than one byte that were right so far.
    private(set) var multibyteCount = 0
    /// Bytes of a character that the end of the last block cut off.
    private var carry: [UInt8] = []
    private var offset = 0

    /// The offset in the whole stream of the first byte that is no UTF-8, or nil.
    mutating func firstError(in block: [UInt8]) -> Int? {
        let bytes = carry.isEmpty ? block : carry + block
        let base = offset - carry.count
        offset += block.count
        let end = bytes.withUnsafeBufferPointer { scan($0) }
        carry = Array(bytes[end...])
        return carry.count >= 4 || (!carry.isEmpty && !Self.mayContinue(carry)) ? base + end : nil
    }

    /// The offset of a character that the end of the stream cuts off, or nil.
    var errorAtEnd: Int? { carry.isEmpty ? nil : offset - carry.count }

    /// The end of the longest prefix that is whole characters.
    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var i = 0
        while true {
            i = Self.endOfASCII(bytes, from: i)
            let start = i
            i = Self.endOfCommonCharacters(bytes, from: i)
            multibyteCount += (i - start) / 3
            let length = Self.characterLength(bytes, at: i)
            if length == 0 {
                guard i < bytes.count, bytes[i] < 0x80 else { return i }
                continue
            }
            i += length
            multibyteCount += 1
        }
    }

    private static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var i = start
        while i + 8 <= raw.count, raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
            i += 8
        }
        while i < raw.count, raw[i] < 0x80 { i += 1 }
        return i
    }

    /// Passes over characters of three bytes whose second byte may be any continuation, as nearly all Chinese ones are.
    private static func endOfCommonCharacters(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var i = start
        while i + 4 <= raw.count {
            let word = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: i, as: UInt32.self))
            guard word & 0x00C0_C0F0 == 0x0080_80E0, word & 0x0F != 0x00, word & 0x0F != 0x0D else { break }
            i += 3
        }
        return i
    }

    /// Bytes of the well-formed character at `i`, which is not ASCII; 0 when it is malformed or cut off.
    private static func characterLength(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
        guard i < bytes.count else { return 0 }
        let lead = bytes[i]
        let length = expectedLength(lead)
        guard length > 0, i + length <= bytes.count, isSecond(bytes[i + 1], after: lead) else { return 0 }
        // bounded: not below 2.
        for k in 2..<max(2, length) where bytes[i + k] & 0xC0 != 0x80 { return 0 }
        return length
    }

    private static func expectedLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xE0...0xEF: 3
        case 0xC2...0xDF: 2
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    /// Refuses overlong forms, surrogates and what lies beyond U+10FFFF.
    private static func isSecond(_ byte: UInt8, after lead: UInt8) -> Bool {
        switch lead {
        case 0xE0: (0xA0...0xBF).contains(byte)
        case 0xED: (0x80...0x9F).contains(byte)
        case 0xF0: (0x90...0xBF).contains(byte)
        case 0xF4: (0x80...0x8F).contains(byte)
        default: byte & 0xC0 == 0x80
        }
    }

    /// True when more bytes could still make a character of these.
    private static func mayContinue(_ bytes: [UInt8]) -> Bool {
        guard bytes.count < expectedLength(bytes[0]) else { return false }
        guard bytes.count > 1 else { return true }
        return isSecond(bytes[1], after: bytes[0]) && bytes.dropFirst(2).allSatisfy { $0 & 0xC0 == 0x80 }
    }
}
