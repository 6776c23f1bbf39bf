/// What a row is before its cells are read, and what only all rows of a chunk show.
extension ChunkInterpreter {
    mutating func contentWithoutReading(recordLength: Int) -> RowReading.Content? {
        if cutter.cells.count > SheetLayout.maximumColumns {
            findings.add(.tooManyCells)
            return .binned(.rejected)
        }
        if recordLength > SheetLayout.maximumCellLength,
            let long = cutter.cells.firstIndex(where: { $0.bytes.count > SheetLayout.maximumCellLength })
        {
            findings.add(.cellTooLong, column: long < layout.headers.count ? long : nil)
            return .binned(.rejected)
        }
        if cell(.documentNumber).bytes.count < 15 {
            let kind = RowKind.of(cutter.cells, layout: layout)
            if let rule = kind.rule { findings.add(rule) }
            if kind != .result { return .binned(.skipped) }
        }
        // Shifted cells would be bound to wrong headers, so such a row is not read further.
        if cutter.cells.dropFirst(layout.headers.count).contains(where: { !$0.isEmpty && !$0.string.isEmpty }) {
            findings.add(.rowTooWide)
            return .asked(nil)
        }
        return nil
    }

    /// 49, 51, 52: what only workbooks have.
    mutating func reportWorkbookCells() {
        if cutter.isHidden { findings.add(.hiddenRow) }
        guard cutter.cells.contains(where: { $0.isFormula || $0.isMerged }) else { return }
        for field in Field.allCases {
            let cell = cell(field)
            if cell.isFormula { findings.add(cell.isEmpty ? .formulaEmpty : .formulaValue, field) }
            if cell.isMerged { findings.add(field.maySpanRows ? .mergedValue : .mergedCell, field) }
        }
    }

    mutating func reportShortStudentNumbers(in readings: inout [RowReading]) {
        for index in studentNumbers.shortRows {
            let reading = readings[index]
            let finding = Finding(
                sheetRow: reading.sheetRow, column: layout.sheetColumn(of: .studentNumber), rule: .studentNumberShort,
                place: layout.place)
            readings[index] = RowReading(
                sheetRow: reading.sheetRow, findings: reading.findings + [finding], content: reading.content,
                declaredCount: reading.declaredCount)
        }
    }
}
