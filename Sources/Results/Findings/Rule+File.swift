/// About the file as a whole, and about rows that hold no result.
extension Rule {
    static let fileRules = [readAsGB18030, byteOrderMark, unknownColumn, rowsAboveHeader]

    static let readAsGB18030 = Rule(
        "read-as-gb18030", 1, .fixed, chinese: "文件不是 UTF-8，已按 GB18030 读取，请抽查姓名是否正确。",
        english: "The file is not UTF-8 and was read as GB18030; check a few names.")
    static let byteOrderMark = Rule(
        "byte-order-mark", 2, .fixed, chinese: "文件开头的字节顺序标记已去除。",
        english: "The byte-order mark at the start of the file was taken off.")
    static let unknownColumn = Rule(
        "unknown-column", 56, .warn, chinese: "不认识该列，内容未读取；如需要，请改用标准表头。",
        english: "This column is not known and was not read; rename its header if it matters.")
    static let rowsAboveHeader = Rule(
        "rows-above-header", 50, .warn, chinese: "表头以上的行已跳过。", english: "The rows above the header were skipped.")

    static let rowRules = [totalRow, signatureRow, noteRow, repeatedHeader, rowTooWide, tooManyCells, cellTooLong]

    static let totalRow = Rule(
        "total-row", 50, .warn, chinese: "合计行，已跳过。", english: "This is a row of totals; it was skipped.")
    static let signatureRow = Rule(
        "signature-row", 50, .warn, chinese: "签字行，已跳过。", english: "This is a row for signatures; it was skipped.")
    static let noteRow = Rule(
        "note-row", 50, .warn, chinese: "标题或说明行，已跳过；如果是考生，请补全该行。",
        english: "This is a title or a note; it was skipped. If it is a candidate, complete the row.")
    static let repeatedHeader = Rule(
        "repeated-header", 50, .warn, chinese: "重复的表头，已跳过。", english: "The header is repeated here; it was skipped.")
    static let rowTooWide = Rule(
        "row-too-wide", nil, .ask, chinese: "单元格多于表头，内容可能错列；请检查该行是否有多余的分隔符。",
        english: "There are more cells than headers, so they may have shifted; look for a stray separator.")
    static let tooManyCells = Rule(
        "too-many-cells", nil, .reject, chinese: "该行的单元格超过 256 个，请检查分隔符和引号。",
        english: "The row has more than 256 cells; check its separators and quotation marks.")
    static let cellTooLong = Rule(
        "cell-too-long", nil, .reject, chinese: "单元格超过 32 KiB，请检查引号。",
        english: "A cell is longer than 32 KiB; check the row's quotation marks.")
}
