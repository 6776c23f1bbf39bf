/// results.md, 3–9: names of candidates.
enum NameRule {
    /// - Returns: nil after a finding when it cannot be certified as it is.
    static func read(_ cell: RawCell, lengths: ClosedRange<Int>, _ findings: inout RowFindings) -> String? {
        if isPlainHan(cell.bytes), lengths.contains(cell.bytes.count / 3) {
            guard NothingWord.isBlankOrOne(CellText(bytes: cell.bytes, mending: [])) else {
                return String(decoding: cell.bytes, as: UTF8.self)
            }
        }
        return cell.withText(.words) { text in
            guard !text.isEmpty else {
                findings.add(.missingValue, .name)
                return nil
            }
            if NothingWord.isBlankOrOne(text) {
                findings.add(.nothingWord, .name, text)
                return nil
            }
            findings.addMending(.name, text)
            var name = NameText(text.string)
            name.mend()
            for rule in name.mended { findings.add(rule, .name, text) }
            guard lengths.contains(name.scalars.count) else {
                findings.add(.nameTooLong, .name, text)
                return nil
            }
            if let problem = name.problem {
                findings.add(problem, .name, text)
                return nil
            }
            return name.string
        }
    }

    /// Nothing but U+4E00…U+9FFF, as nearly all names are.
    private static func isPlainHan(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard !bytes.isEmpty, bytes.count.isMultiple(of: 3) else { return false }
        var i = 0
        while i < bytes.count {
            let lead = bytes[i]
            guard (0xE5...0xE9).contains(lead) || lead == 0xE4 && bytes[i + 1] >= 0xB8 else { return false }
            i += 3
        }
        return true
    }
}
