import Credential

/// Reads rows by the rules. Pure: the same chunk gives the same readings, on any thread.
package struct RowInterpreter: Sendable {
    package let tables: [SheetLayout]
    let rules: ReadingRules
    let today: CalendarDate

    /// - Parameter today: exams after it are refused.
    package init(_ sheet: ResultSheet, rules: ReadingRules = .standard, today: CalendarDate) {
        tables = sheet.tables
        self.rules = rules
        self.today = today
    }

    /// One reading for every record of the chunk, in its order.
    package func interpret(_ chunk: SheetChunk) -> [RowReading] {
        var worker = ChunkInterpreter(layout: tables[chunk.table], rules: rules, today: today)
        return worker.interpret(chunk)
    }
}
