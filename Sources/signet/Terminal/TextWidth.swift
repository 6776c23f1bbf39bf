/// How many columns of a terminal a text takes: two for each ideograph, none for a mark on the letter before it.
enum TextWidth {
    /// The blocks that terminals draw two columns wide (East_Asian_Width W and F of UAX #11, and pictographs).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
    /// What no line begins with.
    private static let closing: Set<Character> = ["，", "。", "；", "：", "、", "）", "？", "！", "”"]

    static func columns(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }

    /// Exactly as wide as wanted: filled with spaces, or cut with an ellipsis.
    static func fitted(_ text: String, to width: Int) -> String {
        let excess = columns(text) - width
        guard excess > 0 else { return text + String(repeating: " ", count: -excess) }
        var kept = String.UnicodeScalarView()
        var left = width - 1
        for scalar in text.unicodeScalars {
            left -= columns(scalar)
            if left < 0 { break }
            kept.append(scalar)
        }
        return fitted(String(kept) + "…", to: width)
    }

    /// Lines of no more than this many columns, broken after spaces and between ideographs.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for piece in pieces(text) {
            let line = lines[lines.count - 1]
            if !line.isEmpty, columns(line) + columns(piece.trimmingSuffix { $0 == " " }) > width { lines.append("") }
            lines[lines.count - 1] += piece
        }
        return lines.map { String($0.trimmingSuffix { $0 == " " }) }
    }

    /// What stays together on a line, with the spaces behind it.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var previous: Character?
        for character in text {
            let isWide = columns(String(character)) > 1
            let begins =
                previous.map { last in
                    last == " " ? character != " " : (isWide || columns(String(last)) > 1) && character != " "
                } ?? true
            if begins, !closing.contains(character) {
                pieces.append(String(character))
            } else {
                pieces[pieces.count - 1].append(character)
            }
            previous = character
        }
        return pieces
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
