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
        return .number(NumberQuestion(number: number, holder: .lastSix(lastSix.uppercased())), stated: stated)
    }

    /// As people fill a cell that has nothing in it.
    private static func isNothing(_ text: String) -> Bool {
        // What is longer is something, as a QR text's hundreds of digits are.
        text.utf8.count <= 64 && (text.isEmpty || nothings.contains(text.lowercased().filter { !$0.isWhitespace }))
    }

    private static let nothings: Set<String> = [
        "n/a", "na", "none", "null", "nil", "-", "--", "—", "——", "–", "/", "\\", "无", "無", "暂无", "没有", "未提供", "空",
        "#n/a", "?", "？", ".",
    ]
}
