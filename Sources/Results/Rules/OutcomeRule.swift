import Spreadsheets

/// results.md, 29–31, 36: 评定成绩 and 备注.
enum OutcomeRule {
    struct Stated {
        var outcome: StatedOutcome?
        var mark: AttemptMark?
    }

    private static let passWords: Set<String> = [
        "合格", "及格", "通过", "优秀", "优", "良好", "良", "是", "pass", "passed", "qualified", "yes",
    ]
    private static let failWords: Set<String> = [
        "不合格", "不及格", "不通过", "未通过", "差", "否", "fail", "failed", "unqualified", "no",
    ]

    static func readOutcome(_ cell: RawCell, _ findings: inout RowFindings) -> Stated {
        cell.withText(.code) { text in
            let words = text.string.lowercased()
            if ["", "-", "--", "/"].contains(words) { return Stated() }
            if passWords.contains(words) { return Stated(outcome: .passed) }
            if failWords.contains(words) { return Stated(outcome: .failed) }
            if let mark = AttemptMark(word: words) { return Stated(mark: mark) }
            if NothingWord.isOne(text) {
                findings.add(.nothingWord, .statedOutcome, text)
                return Stated()
            }
            findings.add(.outcomeUnreadable, .statedOutcome, text)
            return Stated()
        }
    }

    struct Remark {
        let text: String
        let mark: AttemptMark?
        var isResit = false
    }

    static func readRemark(_ cell: RawCell, _ findings: inout RowFindings) -> Remark {
        if cell.isEmpty { return Remark(text: "", mark: nil) }
        return cell.withText(.words) { text in
            let words = text.string
            if cell.kind == .error { findings.add(.nothingWord, .remark, text) }
            let isResit = words.contains("补考")
            let mark = AttemptMark(remark: words.lowercased())
            if mark == nil, !isResit, RemarkDoubt.isIn(words.lowercased()) {
                findings.add(.remarkUnclear, .remark, text)
            }
            // A resit's remark may tell why there is one; only misconduct still counts.
            return Remark(text: words, mark: isResit && mark != .void ? nil : mark, isResit: isResit)
        }
    }
}
