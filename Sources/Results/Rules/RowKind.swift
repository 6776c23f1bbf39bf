/// 50: rows that are no candidate's.
enum RowKind {
    case result, blank, total, signature, note, repeatedHeader

    private static let totals = ["合计", "总计", "小计", "共计", "汇总", "合格人数", "total", "subtotal", "sum"]
    private static let signatures = [
        "制表", "填表", "审核", "考评员", "考评人员", "签字", "签名", "盖章", "负责人", "主管", "经办", "督导员", "复核", "日期:", "日期：",
        "prepared by", "approved by", "signature",
    ]

    static func of(_ cells: [RawCell], layout: SheetLayout) -> RowKind {
        let texts = cells.enumerated().map { ($0.offset, $0.element.string) }.filter { !$0.1.isEmpty }
        func text(_ field: Field) -> String {
            layout.column(of: field).flatMap { column in texts.first { $0.0 == column }?.1 } ?? ""
        }
        guard let first = texts.first else { return .blank }
        // Sheets are numbered in advance, further than they are filled.
        let isNumberAlone = texts.count == 1 && first.0 == layout.column(of: .serial)
        if isNumberAlone, first.1.utf8.allSatisfy({ $0 < 0x3A }) { return .blank }
        if texts.filter({ isHeader($0.1, at: $0.0, layout) }).count >= 3 { return .repeatedHeader }
        // What has a number that could identify somebody is a candidate's row, and never skipped.
        let digits = text(.documentNumber).utf8.filter { (Byte.zero...Byte.nine).contains($0) }
        guard digits.count < 6 else { return .result }
        let words = texts.map { $0.1.lowercased().filter { !$0.isWhitespace } }
        if text(.level).isEmpty {
            if words.contains(where: { word in totals.contains { word.hasPrefix($0) } }) { return .total }
            if words.contains(where: { word in signatures.contains { word.hasPrefix($0) } }) { return .signature }
        }
        return texts.count == 1 && first.0 != layout.column(of: .name) ? .note : .result
    }

    private static func isHeader(_ text: String, at column: Int, _ layout: SheetLayout) -> Bool {
        column < layout.headers.count && !layout.headers[column].isEmpty && layout.headers[column] == text
    }

    /// What to report about a row of this kind.
    var rule: Rule? {
        switch self {
        case .result, .blank: nil
        case .total: .totalRow
        case .signature: .signatureRow
        case .note: .noteRow
        case .repeatedHeader: .repeatedHeader
        }
    }
}
