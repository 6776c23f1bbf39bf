import Results

/// What judging may find, beyond the rules of reading.
extension Rule {
    package static let judging: [Rule] = [
        otherInstitution, occupationContradicts, occupationAmbiguous, notFiled, reviewMissing, outcomeContradicts,
        oneNumberTwoNames, repeatedRow, contradictingRows,
    ]

    static let otherInstitution = Rule(
        "other-institution", nil, .reject, chinese: "机构代码不是本批次的评价机构，请从本批次移出。",
        english: "The institution code is another institution's; take the row out of this batch.")
    static let occupationContradicts = Rule(
        "occupation-contradicts", 45, .ask, chinese: "职业编码与职业名称不一致，请对照备案核对两项。",
        english: "Occupation code and name disagree; check both against the filing.")
    static let occupationAmbiguous = Rule(
        "occupation-ambiguous", 45, .ask, chinese: "备案中有多个职业使用该名称，请填写职业编码。",
        english: "Several filed occupations have this name; give the occupation code.")
    static let notFiled = Rule(
        "not-filed", 46, .reject, chinese: "考试当日，本机构没有该职业该级别的备案，不能发证；请核对职业、级别和考试日期。",
        english: "On the exam day the institution had no filing for this occupation and level; "
            + "check occupation, level and date.")
    static let reviewMissing = Rule(
        "review-missing", 28, .ask, chinese: "该级别需要综合评审成绩，请补填。",
        english: "This level needs a comprehensive review; give its score.")
    static let outcomeContradicts = Rule(
        "outcome-contradicts", 36, .ask, chinese: "评定成绩与按合格标准得出的结论不一致，请以标准为准核对。",
        english: "The stated outcome contradicts the pass rule; the rule is right: check the row.")

    /// 21: for rows whose person ``DuplicateIndex`` finds under two names.
    package static let oneNumberTwoNames = Rule(
        "one-number-two-names", 21, .ask, chinese: "同一证件号码对应两个姓名，请核对这些行。",
        english: "One document number has two names; check these rows.")
    /// 23
    package static let repeatedRow = Rule(
        "repeated-row", 23, .fixed, chinese: "与前面的行完全相同，已合并。",
        english: "This row repeats an earlier one and was merged.")
    /// 24
    package static let contradictingRows = Rule(
        "contradicting-rows", 24, .ask, chinese: "同一考生、职业和级别有不同的成绩，请只保留正确的一行。",
        english: "The same candidate, occupation and level has different results; keep the right row.")
}
