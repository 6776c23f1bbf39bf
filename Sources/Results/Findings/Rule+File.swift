/// About the file as a whole, and about rows that hold no result.
extension Rule {
    static let fileRules = [readAsGB18030, byteOrderMark, unknownColumn, rowsAboveHeader]
    static let workbookRules = [
        twoRowHeader, mergedValue, mergedCell, hiddenSheet, hiddenRow, hiddenColumn, filterOn, sheetPassedOver,
        formulaValue, formulaEmpty, dateSystem1904, mergedOver, besideTable,
    ]

    static let readAsGB18030 = Rule(
        "read-as-gb18030", 1, .fixed, zh: "文件不是 UTF-8，已按 GB18030 读取，请抽查姓名是否正确。",
        en: "The file is not UTF-8 and was read as GB18030; check a few names.")
    package static let byteOrderMark = Rule(
        "byte-order-mark", 2, .fixed, zh: "文件开头的字节顺序标记已去除。",
        en: "The byte-order mark at the start of the file was taken off.")
    static let unknownColumn = Rule(
        "unknown-column", 56, .warn, zh: "不认识该列，内容未读取；如需要，请改用标准表头。",
        en: "This column is not known and was not read; rename its header if it matters.")
    static let rowsAboveHeader = Rule(
        "rows-above-header", 50, .warn, zh: "表头以上的行已跳过。", en: "The rows above the header were skipped.")

    static let twoRowHeader = Rule(
        "two-row-header", 49, .fixed, zh: "两行表头已合并读取。", en: "The header's two rows were read together.")
    static let mergedValue = Rule(
        "merged-value", 49, .fixed, zh: "合并单元格的内容已填入所覆盖的各行。",
        en: "The content of a merged cell was filled into each row that it covers.")
    static let mergedCell = Rule(
        "merged-cell", 49, .ask, zh: "该项是合并单元格，不能确定每一行的内容；请取消合并并逐行填写。",
        en: "This is a merged cell, which leaves open what each row has; unmerge it and fill in every row.")
    static let mergedOver = Rule(
        "merged-over", 49, .ask, zh: "合并单元格下面另有看不见的内容；请取消合并并逐行填写。",
        en: "Beneath this merged cell something else stands, which nobody sees; unmerge it and fill in every row.")
    static let besideTable = Rule(
        "beside-table", nil, .warn, zh: "该格在表格右侧，没有表头，未读取；如需要，请给该列加表头。",
        en:
            "This cell stands right of the table below no header and was not read; give its column one if it matters.")
    static let hiddenSheet = Rule(
        "hidden-sheet", 51, .warn, zh: "该工作表是隐藏的，已照常读取。",
        en: "This sheet is hidden; it was read like the others.")
    static let hiddenRow = Rule(
        "hidden-row", 51, .warn, zh: "该行是隐藏的，已照常读取。", en: "This row is hidden; it was read like the others.")
    static let hiddenColumn = Rule(
        "hidden-column", 51, .warn, zh: "该列是隐藏的，已照常读取。",
        en: "This column is hidden; it was read like the others.")
    static let filterOn = Rule(
        "filter-on", 51, .warn, zh: "该工作表设有筛选，被筛掉的行也已读取。",
        en: "A filter is set on this sheet; the rows it hides were read, too.")
    static let sheetPassedOver = Rule(
        "sheet-passed-over", 51, .warn, zh: "该工作表没有成绩表头，未读取成绩。",
        en: "This sheet has no header of results; no results were read from it.")
    static let formulaValue = Rule(
        "formula-value", 52, .warn, zh: "该单元格是公式，采用保存时的计算结果；请核对。",
        en: "This cell is a formula; what it came to when saved was used: check it.")
    static let formulaEmpty = Rule(
        "formula-empty", 52, .ask, zh: "该单元格是公式，但没有保存计算结果；请改为数值。",
        en: "This cell is a formula without a saved value; write the value.")
    static let dateSystem1904 = Rule(
        "date-system-1904", 38, .fixed, zh: "工作簿使用 1904 日期系统，已按此换算日期。",
        en: "The workbook counts days from 1904; dates were converted accordingly.")

    static let rowRules = [
        totalRow, signatureRow, noteRow, repeatedHeader, headerChanges, rowTooWide, tooManyCells, cellTooLong,
        rowsInQuotes,
    ]

    package static let totalRow = Rule(
        "total-row", 50, .warn, zh: "合计行，已跳过。", en: "This is a row of totals; it was skipped.")
    package static let signatureRow = Rule(
        "signature-row", 50, .warn, zh: "签字行，已跳过。", en: "This is a row for signatures; it was skipped.")
    package static let noteRow = Rule(
        "note-row", 50, .warn, zh: "标题或说明行，已跳过；如果是考生，请补全该行。",
        en: "This is a title or a note; it was skipped. If it is a candidate, complete the row.")
    static let repeatedHeader = Rule(
        "repeated-header", 50, .warn, zh: "重复的表头，已跳过。", en: "The header is repeated here; it was skipped.")
    package static let headerChanges = Rule(
        "header-changes", 50, .reject, zh: "表头在这里重复，但各列的顺序不同；请把下面的行移到另一个文件。",
        en: "The header is repeated here in another order; move the rows below it to a file of their own.")
    static let rowsInQuotes = Rule(
        "rows-in-quotes", nil, .ask, zh: "该格的引号里有后面整行的内容，这些行未单独读取；请去掉多余的引号。",
        en: "Between this cell's quotation marks stand whole rows, which were not read; remove the stray mark.")
    static let rowTooWide = Rule(
        "row-too-wide", nil, .ask, zh: "单元格多于表头，内容可能错列；请检查该行是否有多余的分隔符。",
        en: "There are more cells than headers, so they may have shifted; look for a stray separator.")
    static let tooManyCells = Rule(
        "too-many-cells", nil, .reject, zh: "该行的单元格超过 256 个，请检查分隔符和引号。",
        en: "The row has more than 256 cells; check its separators and quotation marks.")
    static let cellTooLong = Rule(
        "cell-too-long", nil, .reject, zh: "单元格超过 32 KiB，请检查引号。",
        en: "A cell is longer than 32 KiB; check the row's quotation marks.")
}
