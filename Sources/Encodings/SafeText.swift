import Errors

/// Text that is safe to show next to other text: no control characters, and none that reorder what
/// stands around them (Unicode's bidirectional embeddings, overrides and isolates).
package enum SafeText {
    package static func isSafe(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            !utf8.indices.contains { unsafeLength(utf8, at: $0) != nil }
        }
    }

    /// For a terminal or a log, on which a stranger's text could move the cursor, begin a line of its own or turn what
    /// stands around it: what is not safe, a direction mark or a line's end as well, is written out as `\u202e`. In JSON
    /// (RFC 8259, section 7) that is another spelling of the same.
    package static func shown(_ text: String) -> String {
        var text = text
        return text.withUTF8 { utf8 in escaped(utf8, keepsLines: false).map { String(decoding: $0, as: UTF8.self) } }
            ?? text
    }

    /// The same of whole lines: line ends and tabs stay.
    package static func shown(lines: [UInt8]) -> [UInt8] {
        lines.withUnsafeBufferPointer { escaped($0, keepsLines: true) } ?? lines
    }

    /// Nil when there is nothing to write out.
    private static func escaped(_ utf8: UnsafeBufferPointer<UInt8>, keepsLines: Bool) -> [UInt8]? {
        var output: [UInt8]?
        // What is copied when the next escape comes.
        var start = 0
        var place = 0
        while place < utf8.count {
            let isKept = keepsLines && (utf8[place] == 0x0A || utf8[place] == 0x09)
            guard !isKept, let length = unsafeLength(utf8, at: place) ?? markLength(utf8, at: place) else {
                place += 1
                continue
            }
            var kept = output ?? []
            // bounded: start ≤ place, and a length is only given for bytes that are there.
            kept += utf8[start..<place]
            kept += escape(utf8[place..<place + length])  // bounded: as above.
            output = kept
            place += length
            start = place
        }
        return output.map { $0 + utf8[start...] }
    }

    /// Bytes of the unsafe character that begins here.
    private static func unsafeLength(_ utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        switch utf8[place] {
        case 0x00..<0x20, 0x7F: 1
        // U+0080…U+009F
        case 0xC2 where (0x80..<0xA0).contains(next(utf8, place + 1)): 2
        // U+202A…U+202E, U+2066…U+2069, and the line and paragraph separators before them
        case 0xE2 where next(utf8, place + 1) == 0x80 && (0xA8...0xAE).contains(next(utf8, place + 2)): 3
        case 0xE2 where next(utf8, place + 1) == 0x81 && (0xA6...0xA9).contains(next(utf8, place + 2)): 3
        default: nil
        }
    }

    /// Of a direction mark (U+200E, U+200F, U+061C), which names of some languages need and which turns its neighbours.
    private static func markLength(_ utf8: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        switch utf8[place] {
        case 0xE2 where next(utf8, place + 1) == 0x80 && (0x8E...0x8F).contains(next(utf8, place + 2)): 3
        case 0xD8 where next(utf8, place + 1) == 0x9C: 2
        default: nil
        }
    }

    /// Zero past the end: bytes of whole outputs may be cut within a character.
    private static func next(_ utf8: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt8 {
        place < utf8.count ? utf8[place] : 0
    }

    private static func escape(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        let value = String(decoding: character, as: UTF8.self).unicodeScalars.first?.value ?? 0
        let digits = String(value, radix: 16)
        return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }
}

extension CBORReader {
    package mutating func readSafeText() throws(FormatError) -> String {
        let text = try readText()
        guard SafeText.isSafe(text) else {
            throw FormatError(
                .malformedText, zh: "文本中有控制字符或双向排版字符", en: "a text has control or bidirectional characters")
        }
        return text
    }
}
