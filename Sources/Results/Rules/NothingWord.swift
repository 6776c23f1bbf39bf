/// What programs write where they have nothing, or an error: none of it may be printed on a certificate.
enum NothingWord {
    private static let words: Set<String> = [
        "null", "none", "nil", "nan", "n/a", "#n/a", "undefined", "(null)", "<null>", "[null]", "\\n", "(blank)",
        "<na>", "nat", "0",
        "0.0", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#getting_data", "#spill!", "#calc!",
        "#blocked!",
        "#connect!", "#field!", "#unknown!", "#n/a!", "false", "true", "[object object]", "待定", "未知", "待补", "待补充",
        "待填", "待查", "不详", "err:502", "err:504", "err:508", "err:522",
    ]
    /// In place of what must be there.
    private static let blanks: Set<String> = [
        "无", "无名", "暂无", "没有", "空", "空白", "佚名", "某某", "-", "--", "—", "——", "/", "\\", "na", "unknown", "tbd", "无名氏",
        "xxx",
    ]
    private static let longest = 16

    static func isOne(_ text: CellText) -> Bool { isIn(words, text) }

    /// Also what stands for a blank.
    static func isBlankOrOne(_ text: CellText) -> Bool { isIn(words, text) || isIn(blanks, text) }

    /// How these words begin, by which nearly every cell is told from them without a copy of its text: bytes of ASCII in
    /// either case, and the first three bytes of others.
    private static let beginnings: (ascii: [Bool], others: [[UInt8]]) = {
        var ascii = [Bool](repeating: false, count: 128)
        var others: Set<[UInt8]> = []
        for word in words.union(blanks) {
            for form in [word, word.uppercased()] {
                let bytes = Array(form.utf8.prefix(3))
                if let first = bytes.first, first < 128 { ascii[Int(first)] = true } else { others.insert(bytes) }
            }
        }
        // Spaces do not count, wherever they stand.
        ascii[Int(UInt8(ascii: " "))] = true
        return (ascii, others.sorted { $0.lexicographicallyPrecedes($1) })
    }()

    private static func mayBeOne(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first else { return false }
        if first < 128 { return beginnings.ascii[Int(first)] }
        return beginnings.others.contains { bytes.starts(with: $0) }
    }

    private static func isIn(_ words: Set<String>, _ text: CellText) -> Bool {
        guard (1...longest).contains(text.bytes.count), mayBeOne(text.bytes) else { return false }
        return words.contains(text.string.lowercased().filter { $0 != " " })
    }
}
