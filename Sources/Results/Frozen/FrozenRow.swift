import Credential

/// One attempt exactly as it was judged, with its place in the sheet that it came in.
package struct FrozenRow: Hashable, Sendable {
    /// Why the row goes on although something was asked about it.
    package struct Answer: Hashable, Sendable {
        /// By their codes, all that asked.
        package let rules: [String]
        package let reason: String
        /// Of whoever answered, in hexadecimal.
        package let account: String

        package init(rules: [String], reason: String, account: String) {
            (self.rules, self.reason, self.account) = (rules, reason, account)
        }
    }

    /// The worksheet's name; nil in a CSV file.
    package let table: String?
    /// As ``SheetLayout`` has it.
    package let rowBase: Int
    /// Absent, pending or void; nil for an attempt with marks.
    package let mark: Bin?
    package let result: ExamResult
    package let answer: Answer?

    package init(table: String?, rowBase: Int, mark: Bin?, result: ExamResult, answer: Answer? = nil) {
        (self.table, self.rowBase, self.mark, self.result, self.answer) = (table, rowBase, mark, result, answer)
    }

    package var sheetRow: Int { result.sheetRow }

    static let header =
        ["行", "工作表", "表内行", "记录"]
        + [
            Field.name, .sex, .documentKind, .documentNumber, .studentNumber, .department, .major, .admissionTicket,
            .occupationName, .occupationCode, .specialisation, .level, .theory, .skill, .review, .statedOutcome,
            .examDate, .remark, .institutionCode, .attemptKind,
        ].map(\.header) + ["核定项", "核定理由", "核定账号"]

    private static let marks: [(Bin?, String)] = [(nil, "成绩"), (.absent, "缺考"), (.pending, "缓考"), (.void, "作废")]
    private static let outcomes: [(StatedOutcome?, String)] = [(nil, ""), (.passed, "合格"), (.failed, "不合格")]
    private static let sexes: [(ExamResult.Sex?, String)] = [(nil, ""), (.male, "男"), (.female, "女")]
    private static let resit = "补考"

    /// In the order of ``header``.
    var cells: [String] {
        let place = [
            String(sheetRow), table ?? "", String(sheetRow - rowBase), Self.text(of: mark, in: Self.marks),
        ]
        let person = [
            result.name, Self.text(of: result.sex, in: Self.sexes), result.document.kind.printedName,
            result.document.number, result.studentNumber, result.department, result.major, result.admissionTicket,
        ]
        let exam = [
            result.occupationName, result.occupationCode, result.specialisation ?? "", result.level.printedName,
            result.theory?.description ?? "", result.skill?.description ?? "", result.review?.description ?? "",
            Self.text(of: result.statedOutcome, in: Self.outcomes), result.examDate.description, result.remark,
            result.institutionCode, result.isResit ? Self.resit : "",
        ]
        return place + person + exam + [
            answer?.rules.joined(separator: " ") ?? "", answer?.reason ?? "", answer?.account ?? "",
        ]
    }

    /// Nil for what no row has. Whether it is the one spelling of its row is for the caller to see.
    init?(_ cells: [String]) {
        guard cells.count == Self.header.count, let sheetRow = Int(cells[0]), let row = Int(cells[2]),
            let mark = Self.value(of: cells[3], in: Self.marks), let sex = Self.value(of: cells[5], in: Self.sexes),
            let kind = IdentityDocument.Kind.allCases.first(where: { $0.printedName == cells[6] }),
            let level = SkillLevel.allCases.first(where: { $0.printedName == cells[15] }),
            let outcome = Self.value(of: cells[19], in: Self.outcomes),
            let examDate = CalendarDate(iso8601: cells[20]), row > 0, sheetRow >= row
        else { return nil }
        let scores = cells[16...18].map(Score.init(frozen:))
        guard zip(scores, cells[16...18]).allSatisfy({ ($0 == nil) == $1.isEmpty }) else { return nil }
        let answer = Answer(
            rules: cells[24].split(separator: " ").map(String.init), reason: cells[25], account: cells[26])
        self.init(
            table: cells[1].isEmpty ? nil : cells[1], rowBase: sheetRow - row, mark: mark,
            result: ExamResult(
                sheetRow: sheetRow, name: cells[4], sex: sex,
                document: IdentityDocument(kind: kind, number: cells[7]), studentNumber: cells[8],
                department: cells[9], major: cells[10], admissionTicket: cells[11], occupationName: cells[12],
                occupationCode: cells[13], specialisation: cells[14].isEmpty ? nil : cells[14], level: level,
                theory: scores[0], skill: scores[1], review: scores[2], examDate: examDate, statedOutcome: outcome,
                remark: cells[21], institutionCode: cells[22], isResit: cells[23] == Self.resit),
            answer: answer.rules.isEmpty ? nil : answer)
    }

    var reading: RowReading {
        RowReading(
            sheetRow: sheetRow, findings: [], content: mark.map { .unmarked($0, result) } ?? .result(result))
    }

    private static func text<Value: Equatable>(of value: Value?, in table: [(Value?, String)]) -> String {
        table.first { $0.0 == value }?.1 ?? ""
    }

    private static func value<Value>(of text: String, in table: [(Value?, String)]) -> Value?? {
        table.first { $0.1 == text }.map(\.0)
    }
}

extension Score {
    /// Nil unless it is spelled like ``description``, or so that the difference shows.
    fileprivate init?(frozen text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int(parts[0]), (0...1_000_000).contains(whole) else { return nil }
        guard parts.count == 2 else {
            self.init(hundredths: whole * 100)
            return
        }
        guard parts[1].utf8.count <= 2, let rest = Int(parts[1]), rest >= 0 else { return nil }
        self.init(hundredths: whole * 100 + (parts[1].utf8.count == 1 ? rest * 10 : rest))
    }
}
