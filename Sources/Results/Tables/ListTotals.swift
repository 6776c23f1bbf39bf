/// Tells a row of totals below a list of certificates from the rows that ask about one.
package enum ListTotals {
    private static let labels = [
        "合计", "总计", "小计", "共计", "总数", "总人数", "人数", "本页合计", "本页小计", "累计", "total", "subtotal", "grandtotal", "sum",
        "count",
    ]
    /// A certificate's number has more, and so has the text of its code.
    private static let mostDigits = 9

    /// - Parameter cells: of one row.
    package static func isTotal(_ cells: [String]) -> Bool {
        guard let first = cells.first(where: { !$0.allSatisfy(\.isWhitespace) }), first.utf8.count <= 64 else {
            return false
        }
        let label = first.lowercased().filter { !$0.isWhitespace }
        return labels.contains { isLabel(label, $0) } && cells.allSatisfy(isShort)
    }

    /// Behind it stand numbers and signs alone: 合计一 may be somebody's name.
    private static func isLabel(_ text: String, _ label: String) -> Bool {
        guard text.hasPrefix(label) else { return false }
        let rest = text.dropFirst(label.count)
        return rest.allSatisfy {
            ("0"..."9").contains($0) || ("０"..."９").contains($0) || $0.isPunctuation || "人名份张行条个共".contains($0)
        }
    }

    private static func isShort(_ cell: String) -> Bool {
        var digits = 0
        for byte in cell.utf8 where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            digits += 1
            if digits > mostDigits { return false }
        }
        return true
    }
}
