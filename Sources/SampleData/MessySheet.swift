/// Rows for a workbook in which things go wrong as they do in offices. What each row should come to is told by
/// the program, not by the sample.
package struct MessySheet: Sendable {
    package enum Cell: Hashable, Sendable {
        case text(String)
        /// Stored as a number, as typing it into an unformatted column does.
        case number(Double)
    }

    package private(set) var rows: [[Cell]]

    // Columns of SampleSheet.header.
    private static let (name, sex, document, major, occupation) = (2, 3, 5, 8, 10)
    private static let (level, theory, skill, outcome, date, remark) = (13, 14, 15, 16, 17, 18)

    init(_ sheet: SampleSheet) {
        var text: [UInt8] = []
        sheet.write { text += $0 }
        rows = String(decoding: text, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { .text(String($0)) }
        }
        // So that each mistake stands alone.
        for row in 1..<rows.count { pass(row) }
        mistype()
        rows.append(rows[20])
        rows = [[.text("2026 年 6 月职业技能等级认定成绩表")], [.text("共 \(rows.count - 1) 人")]] + rows
        rows.append([.text("制表：张老师"), .text(""), .text("审核：")])
    }

    private mutating func pass(_ row: Int) {
        (rows[row][Self.theory], rows[row][Self.skill]) = (.text("78"), .text("83.5"))
        (rows[row][Self.outcome], rows[row][Self.remark]) = (.text("合格"), .text(""))
    }

    private mutating func mistype() {
        change(2, Self.document) { String($0.dropLast()) + ($0.hasSuffix("1") ? "2" : "1") }
        rows[4][Self.document] = .number(370_702_200_302_291_200)
        change(6, Self.name) { String($0.prefix(1)) + "  " + String($0.suffix(1)) }
        change(7, Self.name) { String($0.prefix(1)) + "?" }
        change(9, Self.sex) { $0 == "男" ? "女" : "男" }
        rows[11][Self.theory] = .text("６５分")
        rows[12][Self.skill] = .text("合格")
        rows[13][Self.theory] = .text("105")
        (rows[15][Self.theory], rows[15][Self.skill]) = (.text("缺考"), .text("缺考"))
        rows[16][Self.theory] = .text("59.5")
        rows[17][Self.level] = .text("高级")
        rows[18][Self.date] = .text("26/6/24")
        change(22, Self.occupation) { $0 + "L" }
        rows[24][Self.major] = .text("戏剧表演")
        rows[26][Self.remark] = .text("作弊")
        rows[28] = rows[27]
        rows[28][Self.skill] = .text("91")
    }

    private mutating func change(_ row: Int, _ column: Int, _ edit: (String) -> String) {
        if case .text(let text) = rows[row][column] { rows[row][column] = .text(edit(text)) }
    }
}
