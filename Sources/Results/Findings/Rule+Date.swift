/// About exam dates.
extension Rule {
    static let dateRules = [dateMended, dateFromSerial, dateSerial, dateAmbiguous, dateUnreadable, examInFuture]

    static let dateMended = Rule(
        "date-mended", 37, .fixed, chinese: "日期已改写为“年-月-日”。", english: "The date was rewritten as year-month-day.")
    static let dateFromSerial = Rule(
        "date-from-serial", 38, .fixed, chinese: "日期是数值，已按工作簿的日期系统换算。",
        english: "The date is a number; it was converted by the workbook's date system.")
    static let dateSerial = Rule(
        "date-serial", 38, .ask, chinese: "日期是表格软件的序列号，请把该列设为日期格式后重新导出。",
        english: "The date is a spreadsheet's serial number; format the column as dates and export again.")
    static let dateAmbiguous = Rule(
        "date-ambiguous", 39, .ask, chinese: "日期有多种读法，请写成 2024-06-30 的形式。",
        english: "The date can be read in more than one way; write it like 2024-06-30.")
    static let dateUnreadable = Rule(
        "date-unreadable", nil, .ask, chinese: "日期无法识别或不存在，请写成 2024-06-30 的形式。",
        english: "The date is not readable or does not exist; write it like 2024-06-30.")
    static let examInFuture = Rule(
        "exam-in-future", 40, .reject, chinese: "考试日期在今天之后，请核对。",
        english: "The exam date lies in the future; check it.")
}
