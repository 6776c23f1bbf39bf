/// About exam dates.
extension Rule {
    static let dateRules = [
        dateMended, dateFromSerial, dateSerial, dateAmbiguous, dateUnreadable, examInFuture, dateMadeUp, dateWithoutDay,
        dateShifted,
    ]

    static let dateMended = Rule(
        "date-mended", 37, .fixed, zh: "日期已改写为“年-月-日”。", en: "The date was rewritten as year-month-day.")
    static let dateFromSerial = Rule(
        "date-from-serial", 38, .fixed, zh: "日期是数值，已按工作簿的日期系统换算。",
        en: "The date is a number; it was converted by the workbook's date system.")
    static let dateSerial = Rule(
        "date-serial", 38, .ask, zh: "日期是表格软件的序列号，请把该列设为日期格式后重新导出。",
        en: "The date is a spreadsheet's serial number; format the column as dates and export again.")
    static let dateAmbiguous = Rule(
        "date-ambiguous", 39, .ask, zh: "日期有多种读法，请写成 2024-06-30 的形式。",
        en: "The date can be read in more than one way; write it like 2024-06-30.")
    static let dateUnreadable = Rule(
        "date-unreadable", nil, .ask, zh: "日期无法识别或不存在，请写成 2024-06-30 的形式。",
        en: "The date is not readable or does not exist; write it like 2024-06-30.")
    static let dateMadeUp = Rule(
        "date-made-up", 38, .ask, zh: "这个日期像是程序换算出来的，可能差一天，请核对并写成 2024-06-30 的形式。",
        en: "A program seems to have made this date, perhaps a day off; check it and write it like 2024-06-30.")
    static let dateWithoutDay = Rule(
        "date-without-day", 39, .ask, zh: "日期只有年和月，请写成 2024-06-30 的形式。",
        en: "The date has no day; write it like 2024-06-30.")
    static let dateShifted = Rule(
        "date-shifted", 38, .ask, zh: "日期与其他行恰好相差 1462 天（1900 与 1904 日期系统之差），请核对。",
        en: "The date lies 1462 days from the other rows', as far as the date systems 1900 and 1904; check it.")
    static let examInFuture = Rule(
        "exam-in-future", 40, .reject, zh: "考试日期在今天之后，请核对。",
        en: "The exam date lies in the future; check it.")
}
