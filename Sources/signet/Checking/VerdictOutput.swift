import Bulk
import Encodings
import Verification

/// Where verdicts go: JSON, or for people all checks of what was asked about by itself and else a table.
final class VerdictOutput {
    /// Nil where JSON is wanted.
    let table: VerdictTable?
    /// Whether the command line names one thing.
    private let isOne: Bool
    private let terminal = Terminal.standardOutput
    private var hasHeader = false
    private var count = 0

    init(isJSON: Bool, isOne: Bool) {
        table = isJSON ? nil : VerdictTable(width: terminal.width)
        self.isOne = isOne
    }

    /// For rows that many threads answer.
    var wording: SealList.Wording? {
        guard let table else { return nil }
        return { table.text(VerdictTable.Row($0, $1)) }
    }

    /// A text or document that the command line names.
    func show(_ verdict: Verdict, file: String? = nil) {
        count += 1
        guard let table else { return terminal.write(verdict.json + "\n") }
        if isOne {
            show(VerdictText.block(verdict), of: file)
        } else {
            write(Array(table.text(VerdictTable.Row(count, verdict, file: file)).utf8), hasFiles: file != nil)
        }
    }

    /// Rows of a table, files of an archive, or a photo that the command line names.
    func show(_ rows: [(BulkRow, RowAnswer)], of kind: BulkInput.Kind) {
        if isOne, kind == .file, table != nil, let (row, answer) = rows.first {
            return show(VerdictText.block(answer), of: row.fileName)
        }
        var output: [UInt8] = []
        for (row, answer) in rows {
            if let table {
                output.append(contentsOf: table.text(VerdictTable.Row(row, answer)).utf8)
            } else {
                answer.appendJSON(to: &output, row: row)
                output.append(0x0A)
            }
        }
        write(output, hasFiles: rows.first?.0.fileName != nil)
    }

    /// Lines that were made from the table, or of JSON.
    func write(_ lines: [UInt8], hasFiles: Bool = false) {
        guard !lines.isEmpty else { return }
        if let table, !hasFiles, !hasHeader {
            terminal.draw(table.header)
            hasHeader = true
        }
        if table == nil { terminal.write(lines) } else { terminal.draw(lines) }
    }

    private func show(_ block: String, of file: String?) {
        terminal.draw((file.map { SafeText.shown($0) + "\n" } ?? "") + block + "\n")
    }
}
