import Encodings
import Testing

@Suite struct SafeTextTests {
    /// What moves a cursor, ends a line or turns what stands around it.
    private static let unsafe: [Unicode.Scalar] =
        [0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069].flatMap { $0.compactMap(Unicode.Scalar.init) }
    private static let marks: [Unicode.Scalar] = ["\u{200E}", "\u{200F}", "\u{61C}"]

    @Test("what a terminal would obey is written out, and all else is as it was")
    func shown() {
        for scalar in Self.unsafe + Self.marks {
            let hex = String(scalar.value, radix: 16)
            let escape = "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            #expect(SafeText.shown("王\(scalar)é") == "王\(escape)é")
            #expect(SafeText.shown("\(scalar)\(scalar)") == escape + escape)
        }
        let plain = "王小明 Zoë O’Neill – ١٢٣ 👩‍🎓 \\u202e ×÷ \u{A0}\u{2027}\u{202F}\u{2065}\u{206A}\u{61B}"
        #expect(SafeText.shown(plain) == plain)
    }

    @Test("lines stay lines where whole outputs are shown, and bytes that are no text do not trap")
    func lines() {
        let lines = Array("a\tb\n\u{1B}[2J\r\n".utf8)
        #expect(String(decoding: SafeText.shown(lines: lines), as: UTF8.self) == "a\tb\n\\u001b[2J\\u000d\n")
        for cut: [UInt8] in [[0xE2], [0xE2, 0x80], [0xC2], [0xD8], [0xFF, 0xE2, 0x81]] {
            #expect(SafeText.shown(lines: cut) == cut)
        }
    }

    @Test("names may have direction marks, and nothing else of it")
    func names() {
        for scalar in Self.unsafe { #expect(!SafeText.isSafe("王\(scalar)")) }
        for scalar in Self.marks { #expect(SafeText.isSafe("王\(scalar)")) }
    }
}
