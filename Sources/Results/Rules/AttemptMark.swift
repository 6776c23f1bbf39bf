/// results.md, 27, 29, 30: words that say what became of an attempt. Greater outweighs less: misconduct voids
/// whatever else is said, and a deferral explains an absence.
enum AttemptMark: Int, Comparable {
    case absent = 1
    case pending = 2
    case void = 3

    private static let words: [String: AttemptMark] = [
        "缺考": .absent, "旷考": .absent, "缺": .absent, "弃考": .absent, "未考": .absent, "缺席": .absent, "absent": .absent,
        "缓考": .pending, "缓": .pending, "申请缓考": .pending, "deferred": .pending,
        "违纪": .void, "作弊": .void, "违规": .void, "舞弊": .void, "替考": .void, "取消成绩": .void, "成绩作废": .void,
        "作废": .void, "void": .void, "cheating": .void, "misconduct": .void, "已作废": .void, "成绩取消": .void, "成绩已作废": .void,
    ]
    private static let mentions: [(word: String, mark: AttemptMark)] = [
        ("违纪", .void), ("作弊", .void), ("舞弊", .void), ("替考", .void), ("取消成绩", .void), ("成绩作废", .void),
        ("缓考", .pending), ("缺考", .absent), ("旷考", .absent),
    ]
    private static let negations = ["无", "未", "没有", "未发现", "未见", "不存在", "非"]

    /// For a cell that is nothing but the word, lower case.
    init?(word: String) {
        guard let mark = Self.words[word] else { return nil }
        self = mark
    }

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// For a remark in which the word may stand among others: 理论考试作弊, but not 无违纪.
    init?(remark: String) {
        if let mark = Self.words[remark] {
            self = mark
        } else if RemarkDoubt.isCleared(remark) {
            return nil
        } else if let mark = Self.mentions.first(where: { Self.isAffirmed($0.word, in: remark) })?.mark {
            self = mark
        } else {
            return nil
        }
    }

    static func isAffirmed(_ word: String, in remark: String) -> Bool {
        remark.ranges(of: word).contains { range in
            let clause = remark[..<range.lowerBound].split { "，,；;。 ".contains($0) }.last ?? ""
            let isTouching = remark[..<range.lowerBound].last.map { !"，,；;。 ".contains($0) } ?? false
            guard isTouching else { return true }
            // 无违纪, and 无作弊、违纪, but 无故缺考.
            let isList = clause.contains { "、或和及".contains($0) }
            return !negations.contains { clause.hasSuffix($0) || isList && clause.hasPrefix($0) }
        }
    }
}
