/// results.md, 42, 48: occupations, their codes, and specialisations.
enum OccupationRule {
    private static let flags = [
        "L/S", "S/L", "L／S", "S／L", "L", "S", "Ｌ", "Ｓ", "(L)", "(S)", "(L/S)", "（L）", "（S）", "（L/S）",
    ].sorted { $0.utf8.count > $1.utf8.count }

    /// Nil after a finding when the cell holds no name.
    static func readName(_ cell: RawCell, _ findings: inout RowFindings) -> String? {
        cell.withText(.words) { text in
            if text.isEmpty { return "" }
            if NothingWord.isBlankOrOne(text) {
                findings.add(.nothingWord, .occupationName, text)
                return nil
            }
            findings.addMending(.occupationName, text)
            let name = text.string
            guard let flag = flags.first(where: { name.hasSuffix($0) }) else { return name }
            var stem = String(name.dropLast(flag.count))
            while stem.hasSuffix(" ") { stem.removeLast() }
            // An abbreviation of Latin letters may end so too: only after Chinese is it a flag.
            guard let last = stem.unicodeScalars.last, last.value >= 0x2E80 else { return name }
            findings.add(.occupationFlagRemoved, .occupationName, text)
            return stem
        }
    }

    /// - Returns: `X-XX-XX-XX`, or empty when the cell is blank; nil after a finding when it is malformed.
    static func readCode(_ cell: RawCell, _ findings: inout RowFindings) -> String? {
        cell.withText(.code) { text in
            if text.isEmpty { return "" }
            let written = text.string
            let kept = written.filter { $0 != " " && $0 != "-" }.uppercased()
            let digits = Array(kept.utf8.prefix(7))
            let tail = kept.dropFirst(7)
            guard digits.count == 7, digits.allSatisfy({ (Byte.zero...Byte.nine).contains($0) }),
                tail.isEmpty || flags.contains(String(tail))
            else {
                findings.add(.occupationCodeMalformed, .occupationCode, text)
                return nil
            }
            let parts = [digits[0..<1], digits[1..<3], digits[3..<5], digits[5..<7]]
            let code = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
            if code != written || !text.mending.isEmpty { findings.add(.occupationCodeMended, .occupationCode, text) }
            return code
        }
    }

    /// Nil when there is none, however that is written.
    static func readSpecialisation(_ cell: RawCell, _ findings: inout RowFindings) -> String? {
        cell.withText(.words) { text in
            findings.addMending(.specialisation, text)
            if NothingWord.isOne(text) { findings.add(.nothingWord, .specialisation, text) }
            let words = text.string
            return ["", "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "空"].contains(words) ? nil : words
        }
    }
}
