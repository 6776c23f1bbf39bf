extension RowInterpreter {
    /// The number of each record in its table, and its cells as they stand in the file.
    package func numberedTexts(of chunk: SheetChunk) -> [(row: Int, cells: [String])] {
        var cutter = RecordCutter(form: tables[chunk.table].form)
        var rows: [(row: Int, cells: [String])] = []
        chunk.bytes.withUnsafeBytes { bytes in
            var position = 0
            while position < bytes.count {
                position = cutter.cut(bytes, from: position)
                rows.append((cutter.row ?? chunk.firstRow + rows.count, cutter.cells.map(\.original)))
            }
        }
        return rows
    }

    /// The cells of each record as they stand in the file, for showing them again beside what was found.
    package func texts(of chunk: SheetChunk) -> [[String]] { numberedTexts(of: chunk).map(\.cells) }
}
