import Files
import Parsing
import Results
import Spreadsheets

/// A table written to a file of the kind that its name says.
package enum TableFile {
    /// Header and rows of a CSV file or workbook; what refuses it names the file.
    package static func read(_ path: String, by workers: ParsingPool) throws -> (
        header: [String], rows: [(row: Int, cells: [String])]
    ) {
        do {
            return try workers.table(InputFile(path: path))
        } catch let failure as InputFile.Failure {
            throw SheetDesk.refusal(of: path, SheetProblem.cannotRead(path, failure))
        } catch is ParsingFailure {
            throw SheetDesk.refusal(of: path, SheetProblem.unreadable(path))
        } catch let problem as SheetProblem { throw SheetDesk.refusal(of: path, problem) }
    }

    package static func write(_ header: [String], _ rows: [[String]], name: String, to path: String) throws {
        guard path.hasSuffix(".xlsx") else {
            var writer = CSVWriter()
            writer.append(header)
            for row in rows { writer.append(row) }
            let file = try OutputFile(path)
            try file.write(writer.take())
            try file.commit()
            return
        }
        let file = WorkbookFile(path)
        let workbook = try file.open()
        try workbook.beginSheet(name, widths: header.indices.map { width(of: $0, header, rows) })
        workbook.append(header.map { .text($0) }, style: .header)
        for row in rows { workbook.append(row.map { .text($0) }) }
        workbook.freeze(rows: 1, columns: header.count)
        try file.commit(workbook)
    }

    /// Chinese characters take the room of two.
    private static func width(of column: Int, _ header: [String], _ rows: [[String]]) -> Double {
        let texts = [header[column]] + rows.prefix(200).map { $0[column] }
        let widest = texts.map { text in text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) } }.max() ?? 0
        return Double(min(max(widest + 2, 8), 60))
    }
}
