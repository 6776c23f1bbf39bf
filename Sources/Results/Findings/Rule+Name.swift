/// About names.
extension Rule {
    static let nameRules = [
        nameDamaged, nameSeparator, nameSpaces, nameSpacesUnclear, nameVariant, nameAnnotated, nameTooLong,
        nameNotChinese,
    ]

    static let nameDamaged = Rule(
        "name-damaged", 4, .ask, zh: "姓名中有问号或无法显示的字，请对照身份证件补正。",
        en: "The name has a question mark or a character that cannot be shown; "
            + "correct it from the identity document.")
    static let nameSeparator = Rule(
        "name-separator", 5, .fixed, zh: "姓名中的间隔号已统一为“·”。", en: "The separator in the name was made \"·\".")
    static let nameSpaces = Rule(
        "name-spaces", 6, .fixed, zh: "姓名中的空格已去除。", en: "Spaces inside the name were removed.")
    static let nameSpacesUnclear = Rule(
        "name-spaces-unclear", 6, .ask, zh: "姓名中有空格，不能确定应删除还是应为“·”，请更正。",
        en: "The name has a space that may stand for nothing or for \"·\"; correct it.")
    static let nameVariant = Rule(
        "name-variant", 7, .ask, zh: "姓名中有兼容字形或组合符号，请对照身份证件重新录入。",
        en: "The name has a compatibility form or a combining mark; type it again from the identity document.")
    static let nameAnnotated = Rule(
        "name-annotated", 8, .ask, zh: "姓名中有不属于姓名的字符（如括号、拼音、数字），请只保留姓名。",
        en: "The name has characters that do not belong to it, such as brackets, pinyin or digits; "
            + "leave the name alone.")
    static let nameNotChinese = Rule(
        "name-not-chinese", 8, .ask, zh: "居民身份证上的姓名是汉字，请对照证件核对姓名和证件类型。",
        en: "The name on a resident identity card has Chinese characters; check name and type of document.")
    static let nameTooLong = Rule(
        "name-too-long", nil, .ask, zh: "姓名过长或过短，请核对。", en: "The name is too long or too short; check it.")
}
