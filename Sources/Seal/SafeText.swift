/// Text that is safe to show next to other text: no control characters, and none that reorder what
/// stands around them (Unicode's bidirectional embeddings, overrides and isolates).
package enum SafeText {
    package static func isSafe(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isSafe($0) }
    }

    private static func isSafe(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        for i in utf8.indices {
            switch utf8[i] {
            case 0x00..<0x20, 0x7F: return false
            // U+0080…U+009F
            case 0xC2 where utf8[i + 1] < 0xA0: return false
            // U+202A…U+202E, U+2066…U+2069, and the line and paragraph separators before them
            case 0xE2 where utf8[i + 1] == 0x80 && (0xA8...0xAE).contains(utf8[i + 2]): return false
            case 0xE2 where utf8[i + 1] == 0x81 && (0xA6...0xA9).contains(utf8[i + 2]): return false
            default: continue
            }
        }
        return true
    }
}
