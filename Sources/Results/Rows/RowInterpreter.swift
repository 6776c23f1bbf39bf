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

    /// The institution codes of a chunk's rows, each once, in the order of the rows: also of rows that are refused.
    package func institutionCodes(in chunk: SheetChunk) -> [String] {
        let layout = tables[chunk.table]
        guard let column = layout.column(of: .institutionCode) else { return [] }
        var cutter = RecordCutter(form: layout.form)
        var codes: [String] = []
        chunk.bytes.withUnsafeBytes { bytes in
            var position = 0
            while position < bytes.count {
                position = cutter.cut(bytes, from: position)
                guard column < cutter.cells.count else { continue }
                let code = cutter.cells[column].withText(.words, \.string)
                if !code.isEmpty, codes.last != code, !codes.contains(code) { codes.append(code) }
            }
        }
        return codes
    }

    /// One reading for every record of the chunk, in its order.
    package func interpret(_ chunk: SheetChunk) -> [RowReading] {
        if case .frozen = tables[chunk.table].form { return FrozenSheet.readings(of: chunk) }
        var worker = ChunkInterpreter(layout: tables[chunk.table], rules: rules, today: today)
        return worker.interpret(chunk)
    }
}
