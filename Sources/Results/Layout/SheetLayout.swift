/// Which column holds what. Bound by header, never by position.
package struct SheetLayout: Sendable {
    static let maximumColumns = 256
    static let maximumCellLength = 1 << 15

    /// The row of the header; results start below it.
    package let headerRow: Int
    package let delimiter: UInt8
    package let headers: [String]
    /// About the columns and the rows above them.
    package let findings: [Finding]
    /// The column of each field by its raw value; -1 where the sheet has none.
    private let columns: [Int]

    init(headerRow: Int, delimiter: UInt8, headers: [String]) throws(SheetProblem) {
        var columns = [Int](repeating: -1, count: Field.allCases.count)
        var findings: [Finding] = []
        for (index, header) in headers.enumerated() {
            let column = SheetColumn(index: index, header: header)
            guard let field = HeaderText(header).field else {
                if header.isEmpty { continue }
                findings.append(Finding(sheetRow: headerRow, column: column, rule: .unknownColumn))
                continue
            }
            let earlier = columns[field.rawValue]
            guard earlier < 0 else {
                throw .duplicateHeader(field, SheetColumn(index: earlier, header: headers[earlier]), column, headerRow)
            }
            columns[field.rawValue] = index
        }
        if headerRow > 1 { findings.insert(Finding(sheetRow: 1, rule: .rowsAboveHeader), at: 0) }
        self.headerRow = headerRow
        self.delimiter = delimiter
        self.headers = headers
        self.findings = findings
        self.columns = columns
        try requireColumns()
    }

    /// The index of a field's column, or nil when the sheet has none.
    package func column(of field: Field) -> Int? {
        let index = columns[field.rawValue]
        return index < 0 ? nil : index
    }

    func sheetColumn(of field: Field) -> SheetColumn? {
        column(of: field).map { SheetColumn(index: $0, header: headers[$0]) }
    }

    private func requireColumns() throws(SheetProblem) {
        var missing = Field.required.filter { column(of: $0) == nil }.map { [$0] }
        if column(of: .occupationName) == nil, column(of: .occupationCode) == nil {
            missing.append([.occupationName, .occupationCode])
        }
        if !missing.isEmpty { throw .missingHeaders(missing, found: headers, row: headerRow) }
    }
}

extension SheetProblem {
    fileprivate static func duplicateHeader(
        _ field: Field, _ first: SheetColumn, _ second: SheetColumn, _ row: Int
    ) -> SheetProblem {
        SheetProblem(
            .duplicateHeader, row: row,
            chinese: "“\(field.header)”有两列（\(first)、\(second)），请只保留一列。",
            english: "There are two columns for \(field.header) (\(first) and \(second)); keep one.")
    }

    /// - Parameter missing: groups of fields of which one would do.
    fileprivate static func missingHeaders(_ missing: [[Field]], found: [String], row: Int) -> SheetProblem {
        // A few of the accepted spellings, in either language; all of them would bury the sentence.
        let aliases = missing.map { group in
            let english = group.flatMap(\.aliases).filter { alias in alias.utf8.allSatisfy { $0 < 0x80 } }
            return (group.map(\.header) + english.prefix(2)).joined(separator: " | ")
        }.joined(separator: "; ")
        let names = missing.map { $0.map(\.header).joined(separator: "/") }.joined(separator: "、")
        let headers = found.filter { !$0.isEmpty }.joined(separator: " | ")
        return SheetProblem(
            .missingHeader, row: row,
            chinese: "第 \(row) 行表头缺少：\(names)。已有表头：\(headers)。例如：\(aliases)。",
            english: "The header in row \(row) lacks \(names). Headers found: \(headers). Such as: \(aliases).")
    }
}
