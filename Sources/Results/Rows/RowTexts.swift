extension RowInterpreter {
    /// The cells of each record as they stand in the file, for showing them again beside what was found.
    package func texts(of chunk: SheetChunk) -> [[String]] {
        var cutter = RecordCutter(form: tables[chunk.table].form)
        var rows: [[String]] = []
        rows.reserveCapacity(chunk.rowCount)
        chunk.bytes.withUnsafeBytes { bytes in
            var position = 0
            while position < bytes.count {
                position = cutter.cut(bytes, from: position)
                rows.append(cutter.cells.map(\.original))
            }
        }
        return rows
    }
}
