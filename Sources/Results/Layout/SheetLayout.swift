import Spreadsheets

/// How the records of a table are stored in chunks.
enum RecordForm: Codable, Hashable, Sendable {
    case delimited(UInt8)
    /// ``TypedRecord``; days without a format are counted in this system.
    case typed(DateSystem)
    /// As ``FrozenSheet`` writes them.
    case frozen
}

/// Which column holds what. Bound by header, never by position.
package struct SheetLayout: Codable, Sendable {
    static let maximumColumns = 256
    static let maximumCellLength = 1 << 15

    /// The worksheet's name; nil in a CSV file.
    package let name: String?
    /// What is added to the rows of this table, so that no two rows of a file have the same number.
    package let rowBase: Int
    /// The row of the header, its last when it has two; results start below it.
    package let headerRow: Int
    let form: RecordForm
    package let headers: [String]
    /// About the columns and the rows above them.
    package let findings: [Finding]
    /// The column of each field by its raw value; -1 where the sheet has none.
    private let columns: [Int]

    init(
        header: HeaderRows, form: RecordForm, name: String? = nil, rowBase: Int = 0
    ) throws(SheetProblem) {
        let headers = header.headers
        let place = SheetPlace(name: name, rowBase: rowBase)
        let headerRow = header.rows.upperBound
        guard headers.count <= Self.maximumColumns else { throw .tooManyColumns(row: headerRow) }
        var columns = [Int](repeating: -1, count: Field.allCases.count)
        var findings: [Finding] = []
        if header.rows.lowerBound > 1 { findings.append(Finding(place, row: 1, rule: .rowsAboveHeader)) }
        if header.rows.count > 1 { findings.append(Finding(place, row: headerRow, rule: .twoRowHeader)) }
        for (index, header) in headers.enumerated() {
            let column = SheetColumn(index: index, header: header)
            guard let field = HeaderText(header).field else {
                if header.isEmpty || AnnotatedColumn.headers.contains(header) { continue }
                findings.append(Finding(place, row: headerRow, column: column, rule: .unknownColumn))
                continue
            }
            let earlier = columns[field.rawValue]
            guard earlier < 0 else {
                throw .duplicateHeader(field, SheetColumn(index: earlier, header: headers[earlier]), column, headerRow)
            }
            columns[field.rawValue] = index
        }
        self.name = name
        self.rowBase = rowBase
        self.headerRow = headerRow
        self.form = form
        self.headers = headers
        self.findings = findings
        self.columns = columns
        try requireColumns()
    }

    /// Of a frozen sheet, whose columns never differ.
    init(frozen name: String?, rowBase: Int) {
        (self.name, self.rowBase, headerRow, form, findings) = (name, rowBase, 1, .frozen, [])
        headers = FrozenRow.header
        columns = Field.allCases.map { FrozenRow.header.firstIndex(of: $0.header) ?? -1 }
    }

    var place: SheetPlace { SheetPlace(name: name, rowBase: rowBase) }

    /// The index of a field's column, or nil when the sheet has none.
    package func column(of field: Field) -> Int? {
        guard columns.indices.contains(field.rawValue) else { return nil }
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
    fileprivate static func tooManyColumns(row: Int) -> SheetProblem {
        SheetProblem(
            .tooManyColumns, row: row, zh: "表头超过 \(SheetLayout.maximumColumns) 列，请删除多余的列。",
            en: "The header has more than \(SheetLayout.maximumColumns) columns; remove those not needed.")
    }

    fileprivate static func duplicateHeader(
        _ field: Field, _ first: SheetColumn, _ second: SheetColumn, _ row: Int
    ) -> SheetProblem {
        SheetProblem(
            .duplicateHeader, row: row,
            zh: "“\(field.header)”有两列（\(first)、\(second)），请只保留一列。",
            en: "There are two columns for \(field.header) (\(first) and \(second)); keep one.")
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
            zh: "第 \(row) 行表头缺少：\(names)。已有表头：\(headers)。例如：\(aliases)。",
            en: "The header in row \(row) lacks \(names). Headers found: \(headers). Such as: \(aliases).")
    }
}
