import Credential

/// What stands in a score's cell.
enum ScoreCell {
    case score(Score)
    case blank
    /// 缺考 and the like.
    case attempt(AttemptMark)
    /// Reported already.
    case unreadable
}

/// results.md, 27, 28, 32–34: scores.
enum ScoreRule {
    private static let outcomeWords: Set<String> = [
        "合格", "不合格", "及格", "不及格", "通过", "未通过", "不通过", "优秀", "优", "良好", "良", "中", "差", "pass", "fail",
        "passed", "failed",
    ]
    /// What typists put into a cell that has no score.
    private static let blankWords: Set<String> = ["-", "--", "/", "\\", "无", "免"]

    static func read(_ cell: RawCell, _ field: Field, _ findings: inout RowFindings) -> ScoreCell {
        if cell.isEmpty { return .blank }
        if !cell.classes.contains(.suspect), let score = plainScore(cell.bytes) {
            return check(score, cell.bytes, field, &findings)
        }
        return cell.withText(.code) { text in
            if text.isEmpty { return .blank }
            if let score = plainScore(text.bytes) {
                findings.addMending(field, text)
                return check(score, text.bytes, field, &findings)
            }
            return readWords(text, field, &findings)
        }
    }

    private static func readWords(_ text: CellText, _ field: Field, _ findings: inout RowFindings) -> ScoreCell {
        let words = text.string.lowercased()
        if let mark = AttemptMark(word: words) { return .attempt(mark) }
        if blankWords.contains(words) { return .blank }
        if outcomeWords.contains(words) {
            findings.add(.scoreWord, field, text)
            return .unreadable
        }
        // 60分, 85↓, 90 points: a number and one known ornament.
        var number = words
        for ornament in ["分", "↓", "↑", "points"] where number.hasSuffix(ornament) {
            number.removeLast(ornament.count)
            break
        }
        while number.hasSuffix(" ") { number.removeLast() }
        let score = number.withUTF8 { plainScore(UnsafeRawBufferPointer($0)) }
        guard number != words, let score else {
            findings.add(isNegative(words) ? .scoreOutOfRange : .scoreUnreadable, field, text)
            return .unreadable
        }
        findings.add(.scoreMended, field, text)
        return check(score, text.bytes, field, &findings)
    }

    private static func check(
        _ score: PlainScore, _ bytes: UnsafeRawBufferPointer, _ field: Field, _ findings: inout RowFindings
    ) -> ScoreCell {
        let text = CellText(bytes: bytes, mending: [])
        switch score {
        case .hundredths(let hundredths) where hundredths <= 10_000: return .score(Score(hundredths: hundredths))
        case .hundredths: findings.add(.scoreOutOfRange, field, text)
        case .tooPrecise: findings.add(.scoreTooPrecise, field, text)
        }
        return .unreadable
    }

    private enum PlainScore {
        case hundredths(Int)
        case tooPrecise
    }

    /// ASCII digits with at most one point; nil for anything else.
    private static func plainScore(_ bytes: UnsafeRawBufferPointer) -> PlainScore? {
        var hundredths = 0
        var decimals = -1
        var digits = 0
        var isTooPrecise = false
        for byte in bytes {
            switch byte {
            case Byte.zero...Byte.nine:
                digits += 1
                if decimals < 2 {
                    hundredths = min(hundredths * 10 + Int(byte - Byte.zero), 1_000_000)
                } else if byte != Byte.zero {
                    isTooPrecise = true
                }
                if decimals >= 0 { decimals += 1 }
            case Byte.dot where decimals < 0 && digits > 0: decimals = 0
            default: return nil
            }
        }
        guard digits > 0, decimals != 0 else { return nil }
        if isTooPrecise { return .tooPrecise }
        for _ in min(max(decimals, 0), 2)..<2 { hundredths *= 10 }
        return .hundredths(hundredths)
    }

    private static func isNegative(_ text: String) -> Bool {
        guard text.utf8.first == Byte.hyphen, let second = text.utf8.dropFirst().first else { return false }
        return (Byte.zero...Byte.nine).contains(second)
    }
}
