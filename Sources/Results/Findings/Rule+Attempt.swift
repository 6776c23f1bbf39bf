/// About what became of an attempt, and about scores.
extension Rule {
    static let attemptRules = [voidAttempt, remarkContradicts, remarkUnclear, outcomeUnreadable]

    static let voidAttempt = Rule(
        "void-attempt", 29, .warn, zh: "记有违纪或作弊，本次成绩作废。",
        en: "Misconduct is recorded; the attempt is void whatever its scores.")
    static let remarkContradicts = Rule(
        "remark-contradicts", 27, .ask, zh: "备注或评定与成绩矛盾（如缺考却有分数），请核对。",
        en: "The remark or outcome contradicts the scores, such as absent yet marked; check the row.")
    static let remarkUnclear = Rule(
        "remark-unclear", 29, .ask, zh: "备注可能表示成绩不算数，请核实；若作废请写“成绩作废”，否则请删去备注。",
        en: "The remark may say that the result does not count; write 成绩作废 if so, or else remove the remark.")
    static let outcomeUnreadable = Rule(
        "outcome-unreadable", 36, .warn, zh: "评定成绩无法识别，以各科分数判定。",
        en: "The stated outcome is not understood; the scores decide.")

    static let scoreRules = [scoreMended, scoreMissing, scoreWord, scoreOutOfRange, scoreUnreadable, scoreTooPrecise]

    static let scoreMended = Rule(
        "score-mended", 32, .fixed, zh: "分数的写法已规范（如“60分”改为 60）。",
        en: "The score's spelling was mended, such as \"60分\" to 60.")
    static let scoreMissing = Rule(
        "score-missing", 28, .ask, zh: "分数为空，请补填：0 分填 0，缺考填“缺考”。",
        en: "The score is blank; write 0 for zero, or 缺考 for absent.")
    static let scoreWord = Rule(
        "score-word", 33, .ask, zh: "应填分数而不是“合格”等文字，请补填分数。",
        en: "There is a word such as 合格 in place of a score; give the score.")
    static let scoreOutOfRange = Rule(
        "score-out-of-range", 34, .ask, zh: "分数应在 0 到 100 之间，请更正。",
        en: "A score lies between 0 and 100; correct it.")
    static let scoreUnreadable = Rule(
        "score-unreadable", 34, .ask, zh: "分数无法识别，请改为数字。", en: "The score is not readable; write a number.")
    static let scoreTooPrecise = Rule(
        "score-too-precise", 34, .ask, zh: "分数最多保留两位小数，请更正，不要四舍五入到及格。",
        en: "A score has at most two decimals; correct it without rounding it to a pass.")
}
