/// About occupations, levels and student numbers.
extension Rule {
    static let occupationRules = [
        levelMended, levelUnknown, occupationFlagRemoved, occupationCodeMended, occupationCodeMalformed,
        studentNumberScientific, studentNumberShort, pointZeroRemoved,
    ]

    static let levelMended = Rule(
        "level-mended", 41, .fixed, zh: "级别已规范为标准写法。", en: "The level was written in its standard form.")
    static let levelUnknown = Rule(
        "level-unknown", 41, .ask, zh: "级别无法识别，请写成“三级/高级工”的形式。",
        en: "The level is not understood; write it like 三级/高级工.")
    static let occupationFlagRemoved = Rule(
        "occupation-flag-removed", 42, .fixed, zh: "职业名称后的绿色（L）或数字（S）职业标识已去除。",
        en: "The flag L (green) or S (digital) after the occupation's name was removed.")
    static let occupationCodeMended = Rule(
        "occupation-code-mended", nil, .fixed, zh: "职业编码已改写为 X-XX-XX-XX。",
        en: "The occupation code was rewritten as X-XX-XX-XX.")
    static let occupationCodeMalformed = Rule(
        "occupation-code-malformed", nil, .ask, zh: "职业编码应为 X-XX-XX-XX，请更正。",
        en: "An occupation code looks like X-XX-XX-XX; correct it.")
    static let studentNumberScientific = Rule(
        "student-number-scientific", 59, .warn, zh: "学号被表格软件改成了科学计数，请把该列设为文本。",
        en: "A spreadsheet program turned the student number into scientific notation; set the column to text.")
    static let pointZeroRemoved = Rule(
        "point-zero-removed", 59, .fixed, zh: "学号末尾的 .0 已去除。",
        en: "The .0 at the end of the student number was removed.")
    static let studentNumberShort = Rule(
        "student-number-short", 59, .warn, zh: "学号比其他行短，可能丢失了开头的 0，请核对。",
        en: "The student number is shorter than the others and may have lost leading zeros; check it.")
}
