import Files
import Results
import Spreadsheets

/// A small table, or a list of certificates, read by a worker.
enum TableReading {
    /// Rows sent at a time.
    private static let run = 1000

    static func answer(_ file: InputFile, mostRows: Int, isList: Bool) {
        do {
            let (header, rows) =
                try isList
                ? ListTable.read(file, name: "", mostRows: mostRows) : CSVTable.read(file, name: "", mostRows: mostRows)
            var writer = WireWriter()
            writer.append(header)
            ParsingWorker.send(.value, writer.bytes)
            for start in stride(from: 0, to: rows.count, by: run) {
                var writer = WireWriter()
                // bounded: both ends are within the rows.
                let part = rows[start..<min(start + run, rows.count)]
                writer.append(part.count)
                for (row, cells) in part {
                    writer.append(row)
                    writer.append(cells)
                }
                ParsingWorker.send(.rows, writer.bytes)
            }
            ParsingWorker.send(.end)
        } catch {
            ParsingWorker.send(.refusal, RefusalCode.bytes(of: error))
        }
    }
}
