import Results

/// What judging may find, beyond the rules of reading.
extension Rule {
    /// The column that a rule of judging is about, when it is about one.
    package var field: Field? {
        switch self {
        case .otherInstitution: .institutionCode
        case .occupationContradicts, .occupationAmbiguous, .notFiled, .specialisationAsOccupation, .formerOccupation:
            .occupationName
        case .majorNotApproved, .majorMissing: .major
        case .reviewMissing: .review
        case .outcomeContradicts: .statedOutcome
        case .nameDiffersFromRoster: .name
        default: nil
        }
    }

    package static let judging: [Rule] = [
        otherInstitution, occupationContradicts, occupationAmbiguous, notFiled, specialisationAsOccupation,
        formerOccupation, majorNotApproved, majorMissing, reviewMissing, outcomeContradicts,
        oneNumberTwoNames, repeatedRow, contradictingRows, resitJoined,
        resitWithoutEarlier, notOnRoster, nameDiffersFromRoster, tooManyOccupations,
    ]

    static let otherInstitution = Rule(
        "other-institution", nil, .reject, zh: "机构代码不是本批次的评价机构，请从本批次移出。",
        en: "The institution code is another institution's; take the row out of this batch.")
    static let occupationContradicts = Rule(
        "occupation-contradicts", 45, .ask, zh: "职业编码与职业名称不一致，请对照备案核对两项。",
        en: "Occupation code and name disagree; check both against the filing.")
    static let occupationAmbiguous = Rule(
        "occupation-ambiguous", 45, .ask, zh: "备案中有多个职业使用该名称，请填写职业编码。",
        en: "Several filed occupations have this name; give the occupation code.")
    static let notFiled = Rule(
        "not-filed", 46, .reject, zh: "考试当日，本机构没有该职业该级别的备案，不能发证；请核对职业、级别和考试日期。",
        en: "On the exam day the institution had no filing for this occupation and level; "
            + "check occupation, level and date.")
    static let specialisationAsOccupation = Rule(
        "specialisation-as-occupation", 43, .ask, zh: "职业名称填的是工种/职业方向；请改填所属职业，工种另填一列。",
        en: "This is a specialisation, not an occupation; give the occupation it belongs to, "
            + "and the specialisation in its own column.")
    static let formerOccupation = Rule(
        "former-occupation", 44, .ask, zh: "职业名称或编码是旧的，考试当日已更名；请改用现行名称和编码。",
        en: "The occupation's name or code is an old one that no longer held on the exam day; "
            + "use the present one.")
    static let majorNotApproved = Rule(
        "major-not-approved", 47, .reject, zh: "考试当日，该专业未被认定可参加此职业的评价，不能发证；请核对专业和职业。",
        en: "On the exam day this major was not approved for the occupation; check major and occupation.")
    static let majorMissing = Rule(
        "major-missing", 47, .ask, zh: "本机构按专业认定资格，专业为空；请补填。",
        en: "This institution's candidates are approved by their majors; give the major.")
    static let reviewMissing = Rule(
        "review-missing", 28, .ask, zh: "该级别需要综合评审成绩，请补填。",
        en: "This level needs a comprehensive review; give its score.")
    static let outcomeContradicts = Rule(
        "outcome-contradicts", 36, .ask, zh: "评定成绩与按合格标准得出的结论不一致，请以标准为准核对。",
        en: "The stated outcome contradicts the pass rule; the rule is right: check the row.")

    static let notOnRoster = Rule(
        "not-on-roster", 7, .warn, zh: "学籍名单中没有该证件号码，请核对。",
        en: "The roster has no such document number; check it.")
    static let nameDiffersFromRoster = Rule(
        "name-differs-from-roster", 7, .ask, zh: "姓名与学籍名单不一致（可能是繁体或异体字），请对照身份证件核对。",
        en: "The name differs from the roster's, perhaps in a traditional or variant form; "
            + "compare it with the identity document.")

    /// 31
    static let resitJoined = Rule(
        "resit-joined", 31, .fixed, zh: "补考成绩已与以前合格的部分合并。",
        en: "This resit was joined with the passed parts of earlier attempts.")
    static let resitWithoutEarlier = Rule(
        "resit-without-earlier", 31, .ask, zh: "补考缺少的科目没有找到有效期内的合格成绩，请补填或先导入以前的成绩。",
        en: "For the part that this resit leaves out no passed mark was found within the time allowed; "
            + "give it, or bring in the earlier results first.")
    /// 25
    package static let tooManyOccupations = Rule(
        "too-many-occupations", 25, .ask, zh: "同一考生申报的职业超过规定个数，请核对。",
        en: "One candidate is in more occupations than the rules allow; check these rows.")

    /// results.md, 21: for rows whose person ``DuplicateIndex`` finds under two names.
    package static let oneNumberTwoNames = Rule(
        "one-number-two-names", 21, .ask, zh: "同一证件号码对应两个姓名，请核对这些行。",
        en: "One document number has two names; check these rows.")
    /// 23
    package static let repeatedRow = Rule(
        "repeated-row", 23, .fixed, zh: "与前面的行完全相同，已合并。",
        en: "This row repeats an earlier one and was merged.")
    /// 24
    package static let contradictingRows = Rule(
        "contradicting-rows", 24, .ask, zh: "同一考生、职业和级别有不同的成绩，请只保留正确的一行。",
        en: "The same candidate, occupation and level has different results; keep the right row.")
}
