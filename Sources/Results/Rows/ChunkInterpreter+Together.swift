import Credential

/// What only all rows of a chunk show.
extension ChunkInterpreter {
    mutating func reportTogether(in readings: inout [RowReading]) {
        for index in studentNumbers.shortRows { amend(&readings[index], .studentNumberShort, .studentNumber) }
        for index in numberEnds.lostRows { amend(&readings[index], .idDigitsLost, .documentNumber) }
        for index in examDays.shiftedRows { amend(&readings[index], .dateShifted, .examDate) }
    }

    private func amend(_ reading: inout RowReading, _ rule: Rule, _ field: Field) {
        guard !reading.findings.contains(where: { $0.rule == rule }) else { return }
        let finding = Finding(
            sheetRow: reading.sheetRow, column: layout.sheetColumn(of: field), rule: rule, place: layout.place)
        let content: RowReading.Content =
            switch (reading.content, rule.severity) {
            case (.result, .reject), (.asked, .reject): .binned(.rejected)
            case (.result(let result), .ask): .asked(result)
            default: reading.content
            }
        reading = RowReading(
            sheetRow: reading.sheetRow, findings: reading.findings + [finding], content: content,
            declarations: reading.declarations)
    }
}

/// results.md, 14: numbers of which a spreadsheet program kept 15 digits end in 000, and one in eleven of them has a
/// check character that fits by chance.
struct NumberEndRule {
    /// Of a thousand sound numbers one ends so; where one in twenty does, digits were lost.
    private static let least = 20

    private var total = 0
    private var rows: [Int] = []

    mutating func note(_ number: UnsafeRawBufferPointer, row: Int) {
        guard number.count == 18 else { return }
        total += 1
        if number[15] == Byte.zero, number[16] == Byte.zero, number[17] == Byte.zero { rows.append(row) }
    }

    /// From 0.
    var lostRows: [Int] {
        let isEnough = rows.count >= 3 || rows.count == 2 && total <= 4
        return isEnough && rows.count * Self.least >= total ? rows : []
    }
}

/// results.md, 38: days copied between workbooks that count from 1900 and from 1904.
struct ExamDayRule {
    private static let shift = 1462

    private var days: [Int?] = []
    private var isUniform = true

    /// Notes the day of the chunk's next row.
    mutating func note(_ date: CalendarDate?) {
        let day = date?.daysSinceEpoch
        if let last = days.last, last != day { isUniform = false }
        days.append(day)
    }

    /// The rows, from 0, that lie as far from the usual day as the two systems from each other.
    var shiftedRows: [Int] {
        guard !isUniform else { return [] }
        var counts: [Int: Int] = [:]
        for day in days { if let day { counts[day, default: 0] += 1 } }
        guard let usual = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), usual.value > 1 else {
            return []
        }
        return days.indices.filter { index in days[index].map { abs($0 - usual.key) == Self.shift } ?? false }
    }
}
