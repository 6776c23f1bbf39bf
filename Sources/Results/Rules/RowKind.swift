import Credential

/// results.md, 50: rows that are no candidate's. A candidate is known by what a candidate has, a footer by how it
/// begins.
enum RowKind {
    case result, blank, total, signature, note, repeatedHeader
    /// A header whose columns stand in another order.
    case otherHeader

    /// What to report about a row of this kind.
    var rule: Rule? {
        switch self {
        case .result, .blank: nil
        case .total: .totalRow
        case .signature: .signatureRow
        case .note: .noteRow
        case .repeatedHeader: .repeatedHeader
        case .otherHeader: .headerChanges
        }
    }

    static func of(_ cells: [RawCell], layout: SheetLayout) -> RowKind {
        let row = RowText(cells, layout)
        guard let first = row.texts.first else { return .blank }
        // Sheets are numbered in advance, further than they are filled.
        let isNumberAlone = row.texts.count == 1 && first.column == layout.column(of: .serial)
        if isNumberAlone, first.text.utf8.allSatisfy({ $0 < 0x3A }) { return .blank }
        // What has a number that could identify somebody is a candidate's row, and never skipped.
        guard row.documentDigits < 6 else { return .result }
        if let header = row.header { return header }
        if row.hasCandidate { return .result }
        if let footer = row.footer { return footer }
        return row.has(.name) || row.hasMarks ? .result : .note
    }
}

/// The texts of a row that has no number of a document.
private struct RowText {
    private static let totals = [
        "合计", "总计", "小计", "共计", "汇总", "总数", "人数", "平均", "最高", "最低", "及格率", "合格率", "通过率", "优秀率", "良好率", "参考率",
        "到考率", "出勤率", "缺考率", "不及格率", "合格人数", "及格人数", "通过人数", "不合格人数", "实考", "应考", "参考人数", "缺考人数", "报名人数", "考生人数",
        "实到", "应到", "中位数", "标准差", "方差", "众数", "极差", "分数段", "优秀人数", "男生", "女生", "total", "subtotal", "sum", "average",
        "avg",
        "mean", "max", "maximum", "min", "minimum", "median", "passrate", "count", "grandtotal", "stddev", "highest",
        "lowest",
    ].map { Array($0.utf8) }
    private static let signatures = [
        "制表", "填表", "审核", "考评员", "考评人员", "考评组", "签字", "签名", "盖章", "负责人", "主管", "经办", "督导员", "督导人员", "复核", "监考", "阅卷",
        "登分", "统分", "核分", "录入人", "校对", "单位公章", "(盖章)", "（盖章）", "日期:", "日期：", "打印时间", "打印日期", "制单", "考点", "第1页",
        "preparedby", "approvedby", "signature", "checkedby", "printedon",
    ].map { Array($0.utf8) }

    let texts: [(column: Int, text: String)]
    private let cells: [RawCell]
    private let layout: SheetLayout

    init(_ cells: [RawCell], _ layout: SheetLayout) {
        (self.cells, self.layout) = (cells, layout)
        texts = cells.enumerated().lazy.filter { !$0.element.isEmpty }.map { ($0.offset, $0.element.string) }
            .filter { !$0.1.isEmpty }
    }

    /// With full-width digits made ordinary ones.
    private func text(_ field: Field) -> String {
        guard let column = layout.column(of: field), column < cells.count else { return "" }
        return cells[column].withText(.code, \.string)
    }

    func has(_ field: Field) -> Bool { !text(field).isEmpty }

    var documentDigits: Int { text(.documentNumber).utf8.count { (Byte.zero...Byte.nine).contains($0) } }

    var hasMarks: Bool { has(.theory) || has(.skill) || has(.review) }

    /// Something that candidates have and footers do not.
    var hasCandidate: Bool {
        let hasNumber = [Field.documentNumber, .studentNumber, .admissionTicket].contains { field in
            text(field).utf8.count { (Byte.zero...Byte.nine).contains($0) || (0x41...0x5A).contains($0 & 0xDF) } >= 6
        }
        return hasNumber || ["男", "女"].contains(text(.sex)) || SkillLevel(writtenAs: text(.level)) != nil
    }

    var footer: RowKind? {
        // The row's own label decides; where there are no marks either, any cell that is no remark may be one.
        let label = texts.first { !$0.text.utf8.allSatisfy { $0 < 0x3A } }.map { [$0] } ?? []
        let remark = layout.column(of: .remark)
        let candidates = hasMarks ? label : texts.filter { $0.column != remark }
        let words = candidates.map { Array($0.text.lowercased().filter { !$0.isWhitespace }.utf8) }
        if words.contains(where: { Self.begins($0, Self.totals) }) { return .total }
        return words.contains { Self.begins($0, Self.signatures) } ? .signature : nil
    }

    /// A Latin word must end where the label's does: Summer is no sum.
    private static func begins(_ text: [UInt8], _ labels: [[UInt8]]) -> Bool {
        labels.contains { label in
            guard text.starts(with: label) else { return false }
            guard label.allSatisfy({ $0 < 0x80 }) else { return true }
            return String(decoding: text.dropFirst(label.count), as: UTF8.self).first.map { !$0.isLetter } ?? true
        }
    }

    /// A header once more, or another one; nil for any other row.
    var header: RowKind? {
        let known = texts.map { (column: $0.column, text: $0.text, field: HeaderText($0.text).field) }
        let matching = known.count { $0.field != nil || isHeader($0.text, at: $0.column) }
        let isLikeHeader = matching >= 3 && matching * 2 >= texts.count || matching == texts.count && matching >= 2
        guard isLikeHeader else { return nil }
        return known.allSatisfy { isSame($0.text, $0.field, at: $0.column) } ? .repeatedHeader : .otherHeader
    }

    private func isHeader(_ text: String, at column: Int) -> Bool {
        column < layout.headers.count && !layout.headers[column].isEmpty && layout.headers[column] == text
    }

    private func isSame(_ text: String, _ field: Field?, at column: Int) -> Bool {
        if isHeader(text, at: column) { return true }
        let above = column < layout.headers.count ? layout.headers[column] : ""
        guard let field else {
            // An unknown word in Latin letters translates the header; another in Chinese replaces it.
            return HeaderText(above).field == nil || text.utf8.allSatisfy { $0 < 0x80 }
        }
        guard let bound = layout.column(of: field) else { return !above.isEmpty && HeaderText(above).field == nil }
        return bound == column
    }
}
