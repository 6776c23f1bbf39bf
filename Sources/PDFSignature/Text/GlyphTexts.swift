/// What a font's codes stand for: its ToUnicode CMap (ISO 32000 §9.10.3).
struct GlyphTexts {
    private var texts: [Int: String] = [:]
    private var codeByteCount = 1

    private static let mostCodes = 65_536
    /// Of one code, in bytes of UTF-16: ligatures have a few characters.
    private static let longestText = 64
    private static let mostOperands = 1 << 12
    /// For all fonts of a page together: each code once, and some of them again. A range of a few bytes can be as long.
    static let mostAssignments = 2 * mostCodes
    /// What is left of them for other fonts.
    private(set) var assignmentsLeft: Int

    init(cmap: [UInt8], assignments: Int) throws(PDFProblem) {
        assignmentsLeft = assignments
        var lexer = PDFLexer(cmap)
        var operands: [PDFObject] = []
        while let token = try lexer.token() {
            switch token {
            case .operand(let operand):
                guard operands.count < Self.mostOperands else { throw .malformed("a font's texts cannot be read") }
                operands.append(operand)
            case .keyword("endcodespacerange"): codeByteCount = operands.first?.string?.count ?? 0
            case .keyword("endbfchar"): try addCharacters(operands)
            case .keyword("endbfrange"): try addRanges(operands)
            default: break
            }
            if case .keyword = token { operands = [] }
        }
        guard codeByteCount == 1 || codeByteCount == 2 else { throw .malformed("a font has unusual codes") }
    }

    /// - Returns: the shown string in Unicode, U+FFFD for what has no meaning.
    func text(of shown: [UInt8]) -> String {
        stride(from: 0, to: shown.count, by: codeByteCount).map { start in
            // bounded: the start lies within the string.
            texts[Self.code(shown[start..<min(start + codeByteCount, shown.count)])] ?? "\u{FFFD}"
        }.joined()
    }

    private mutating func addCharacters(_ operands: [PDFObject]) throws(PDFProblem) {
        for index in stride(from: 0, to: operands.count - 1, by: 2) {
            guard let code = operands[index].string, let text = operands[index + 1].string else {
                throw .malformed("a font's texts cannot be read")
            }
            try assign(text, to: Self.code(code))
        }
    }

    private mutating func addRanges(_ operands: [PDFObject]) throws(PDFProblem) {
        for index in stride(from: 0, to: operands.count - 2, by: 3) {
            guard let first = operands[index].string.map(Self.code),
                let last = operands[index + 1].string.map(Self.code),
                first <= last, last - first < Self.mostCodes
            else { throw .malformed("a font's texts cannot be read") }
            if let list = operands[index + 2].array {
                // bounded: first is at most last, and they are close together.
                for (code, text) in zip(first...last, list) { try assign(text.string ?? [], to: code) }
            } else if var text = operands[index + 2].string, !text.isEmpty {
                // bounded: as above.
                for code in first...last {
                    try assign(text, to: code)
                    text[text.count - 1] &+= 1
                }
            }
        }
    }

    private mutating func assign(_ text: [UInt8], to code: Int) throws(PDFProblem) {
        assignmentsLeft -= 1
        guard assignmentsLeft >= 0, text.count <= Self.longestText else {
            throw .malformed("a font's texts cannot be read")
        }
        texts[code] = PDFTextString.utf16(text)
    }

    private static func code(_ bytes: some Collection<UInt8>) -> Int { bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } }
}

/// Text strings (ISO 32000 §7.9.2.2).
enum PDFTextString {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.starts(with: [0xFE, 0xFF]) ? utf16(Array(bytes.dropFirst(2))) : String(decoding: bytes, as: UTF8.self)
    }

    static func utf16(_ bytes: [UInt8]) -> String {
        // bounded: bytes, of which two are left.
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }
}
