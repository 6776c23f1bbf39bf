/// About any cell.
extension Rule {
    static let cellRules = [spacesRemoved, textMarkerRemoved, fullWidthMended, missingValue, nothingWord]

    static let spacesRemoved = Rule(
        "spaces-removed", 11, .fixed, zh: "多余或不可见的空白字符已去除。",
        en: "Superfluous or invisible space was removed.")
    static let textMarkerRemoved = Rule(
        "text-marker-removed", 12, .fixed, zh: "文本标记（前导撇号或 =\"…\"）已去除。",
        en: "The text marker (a leading apostrophe or =\"…\") was removed.")
    static let fullWidthMended = Rule(
        "full-width-mended", 9, .fixed, zh: "全角字符已改为半角。", en: "Full-width characters were made ordinary ones."
    )
    static let nothingWord = Rule(
        "nothing-word", nil, .ask, zh: "这是程序表示“空”或出错的字样，不是内容，请补填或清空。",
        en: "This is what programs write for nothing or for an error; fill the cell in, or clear it.")
    static let missingValue = Rule(
        "missing-value", nil, .ask, zh: "必填项为空，请补填。", en: "A required value is missing; fill it in.")
}
