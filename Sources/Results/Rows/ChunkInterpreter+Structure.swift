/// What a row is before its cells are read.
extension ChunkInterpreter {
    mutating func contentWithoutReading(recordLength: Int) -> RowReading.Content? {
        // In a workbook cells do not shift: what stands beside the table is a note.
        if cutter.cells.count > SheetLayout.maximumColumns, !cutter.isTyped {
            findings.add(.tooManyCells)
            return .binned(.rejected)
        }
        if recordLength > SheetLayout.maximumCellLength,
            let long = cutter.cells.firstIndex(where: { $0.bytes.count > SheetLayout.maximumCellLength })
        {
            findings.add(.cellTooLong, column: long < layout.headers.count ? long : nil)
            return .binned(.rejected)
        }
        if let column = cutter.cellHoldingRows(columns: layout.headers.count) {
            findings.add(.rowsInQuotes, column: column < layout.headers.count ? column : nil)
            return .asked(nil)
        }
        if !beginsLikeNumber(cell(.documentNumber)) {
            let kind = RowKind.of(cutter.cells, layout: layout)
            if let rule = kind.rule { findings.add(rule) }
            if kind == .otherHeader { return .binned(.rejected) }
            if kind != .result { return .binned(.skipped) }
        }
        return contentBesideTable()
    }

    /// Such a row is a candidate's, and is looked at no further.
    private func beginsLikeNumber(_ cell: RawCell) -> Bool {
        guard cell.bytes.count >= 15, let first = cell.bytes.first else { return false }
        return (Byte.zero...Byte.nine).contains(first)
    }

    private mutating func contentBesideTable() -> RowReading.Content? {
        let beside = cutter.cells.dropFirst(layout.headers.count).firstIndex { !$0.isEmpty && !$0.string.isEmpty }
        guard let beside else { return nil }
        if cutter.isTyped {
            findings.add(.besideTable, column: beside < SheetLayout.maximumColumns ? beside : nil)
            return nil
        }
        // Shifted cells would be bound to wrong headers, so such a row is not read further.
        findings.add(.rowTooWide)
        return .asked(nil)
    }

    /// results.md, 49, 51, 52: what only workbooks have.
    mutating func reportWorkbookCells() {
        if cutter.isHidden { findings.add(.hiddenRow) }
        guard cutter.cells.contains(where: { $0.isFormula || $0.isMerged }) else { return }
        for field in Field.allCases {
            let cell = cell(field)
            if cell.isFormula { findings.add(cell.isUnsaved ? .formulaEmpty : .formulaValue, field) }
            guard cell.isMerged else { continue }
            findings.add(cell.isConcealing ? .mergedOver : field.maySpanRows ? .mergedValue : .mergedCell, field)
        }
    }
}
