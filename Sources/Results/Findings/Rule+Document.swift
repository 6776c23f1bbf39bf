/// About identity documents.
extension Rule {
    static let documentRules = [
        lowerCaseMended, idScientific, idNumberCell, idFifteenDigits, idChecksum, idDate, idSex, sexUnreadable,
        ageImplausible, idDigitsLost,
        documentMismatch, documentKindUnknown,
    ]

    static let lowerCaseMended = Rule(
        "id-lower-case", 10, .fixed, zh: "证件号码中的小写字母已改为大写。",
        en: "Small letters in the document number were made capitals.")
    static let idScientific = Rule(
        "id-scientific", 13, .reject, zh: "证件号码被表格软件改成了科学计数，数字已丢失；请把该列设为文本后重新录入。",
        en: "A spreadsheet program turned the number into scientific notation and lost digits; "
            + "set the column to text and type it again.")
    static let idNumberCell = Rule(
        "id-number-cell", 14, .reject, zh: "证件号码是数值格式，末尾几位已丢失；请把该列设为文本后重新录入。",
        en: "The document number is stored as a number, which keeps 15 digits; "
            + "set the column to text and type it again.")
    static let idDigitsLost = Rule(
        "id-digits-lost", 14, .reject, zh: "证件号码以 000 结尾，表格软件只保留了 15 位数字，末尾几位已丢失；请把该列设为文本后重新录入。",
        en: "The number ends in 000: a spreadsheet program kept 15 digits and lost the last ones; "
            + "set the column to text and type it again.")
    static let idFifteenDigits = Rule(
        "id-fifteen-digits", 15, .ask, zh: "是 15 位旧号码，请填写现行 18 位号码。",
        en: "This is an old number of 15 digits; give the present one of 18.")
    static let idChecksum = Rule(
        "id-checksum", 16, .ask, zh: "身份证号码校验位不符，可能录错，请对照证件核对。",
        en: "The check character of the identity number does not fit; compare it with the document.")
    static let idDate = Rule(
        "id-date", 17, .ask, zh: "身份证号码中的出生日期或地区不存在，请对照证件核对。",
        en: "The date or area in the identity number does not exist; compare it with the document.")
    static let idSex = Rule(
        "id-sex", 18, .ask, zh: "性别与身份证号码不符，请核对两项。",
        en: "The sex does not agree with the identity number; check both.")
    static let sexUnreadable = Rule(
        "sex-unreadable", 18, .ask, zh: "性别应为“男”或“女”，请更正。", en: "The sex should be 男 or 女; correct it.")
    static let ageImplausible = Rule(
        "age-implausible", 19, .warn, zh: "考试时的年龄不寻常，请核对证件号码和考试日期。",
        en: "The age on the exam day is unusual; check the document number and the date.")
    static let documentMismatch = Rule(
        "document-mismatch", 20, .ask, zh: "证件号码与证件类型不符，请核对两项。",
        en: "The number does not fit the type of document; check both.")
    static let documentKindUnknown = Rule(
        "document-kind-unknown", 20, .ask, zh: "不认识该证件类型，请改为居民身份证、居住证、外国人永久居留身份证或护照。",
        en: "This type of document is not known; use a resident identity card, residence permit, "
            + "foreign permanent residence card or passport.")
}
