import Credential

/// Reads rows by the rules. Pure: the same chunk gives the same readings, on any thread.
package struct RowInterpreter: Sendable {
    let layout: SheetLayout
    let rules: ReadingRules
    let today: CalendarDate

    /// - Parameter today: exams after it are refused.
    package init(layout: SheetLayout, rules: ReadingRules = .standard, today: CalendarDate) {
        self.layout = layout
        self.rules = rules
        self.today = today
    }

    /// One reading for every record of the chunk, in its order.
    package func interpret(_ chunk: SheetChunk) -> [RowReading] {
        var worker = ChunkInterpreter(layout: layout, rules: rules, today: today)
        return worker.interpret(chunk)
    }
}
