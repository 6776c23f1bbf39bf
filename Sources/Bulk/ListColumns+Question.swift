import Credential
import Results

extension ListColumns {
    /// What a row asks.
    ///
    /// - Parameter cell: the text in a column; empty for none.
    package func question(_ cell: (Int?) -> String) -> BulkRow.Question {
        func text(_ column: Int?) -> String {
            let text = cell(column)
            return Self.isNothing(text) ? "" : text
        }
        let stated = StatedHolder(number: text(number), name: text(name))
        if case let text = text(seal), !text.isEmpty { return .seal(text, stated: stated) }
        guard !stated.number.isEmpty else { return .impossible(.nothingToCheck, stated: stated) }
        guard let number = try? CertificateNumber(written: stated.number) else {
            return .impossible(.malformedNumber, stated: stated)
        }
        if (1...200).contains(stated.name.utf8.count) {
            return .number(NumberQuestion(number: number, holder: .name(stated.name)), stated: stated)
        }
        let lastSix = text(lastSix)
        guard lastSix.utf8.count == 6 else { return .impossible(.nothingToCheck, stated: stated) }
        return .number(NumberQuestion(number: number, holder: .idLastSix(lastSix.uppercased())), stated: stated)
    }

    /// As people fill a cell that has nothing in it.
    private static func isNothing(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        // Nearly every cell is something, and is told from nothing by its length or its first byte.
        // bounded: a byte is below 256.
        guard text.utf8.count <= mostBytes, beginnings[Int(first)] else { return false }
        return nothings.contains(text.lowercased().filter { !$0.isWhitespace })
    }

    /// Of a word with spaces in and around it.
    private static let mostBytes = 32

    /// The bytes with which a word for nothing, or a space, can begin.
    private static let beginnings: [Bool] = {
        var beginnings = [Bool](repeating: false, count: 256)
        for form in nothings.flatMap({ [$0, $0.uppercased()] }) {
            // bounded: a byte is below 256.
            beginnings[Int(form.utf8.first ?? 0)] = true
        }
        // Space, tab and the like; the no-break and the ideographic space in UTF-8.
        for byte in [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xC2, 0xE3] { beginnings[byte] = true }
        return beginnings
    }()

    private static let nothings: Set<String> = [
        "n/a", "na", "none", "null", "nil", "-", "--", "—", "——", "–", "/", "\\", "无", "無", "暂无", "没有", "未提供", "空",
        "#n/a", "?", "？", ".",
    ]
}
