import Spreadsheets

/// A worksheet whose headers are bound.
struct BoundWorksheet: Sendable {
    let sheet: Workbook.Sheet
    /// Below it there are only formats.
    let lastRow: Int
    let layout: SheetLayout
    /// Ranges that reach below the header, by their first rows.
    let mergedRanges: [MergedRange]
}

/// Finds the worksheets of a workbook that hold results. Those that do not are named in the findings, and
/// what they declare is noted; one that seems to but lacks columns refuses the file.
struct WorksheetBinder {
    /// Beyond the rows of any worksheet.
    private static let rowsPerTable = 1 << 21

    let workbook: Workbook
    private let reading: WorkbookReading
    private(set) var worksheets: [BoundWorksheet] = []
    private(set) var findings: [Finding] = []
    private(set) var declarations: [Declaration] = []

    init(_ file: FileBytes) throws(SheetProblem) {
        do throws(WorkbookProblem) {
            workbook = try Workbook(file.file)
        } catch { throw SheetProblem(error, path: file.name) }
        reading = workbook.reading()
        if workbook.dateSystem == .from1904 { findings.append(Finding(sheetRow: 1, rule: .dateSystem1904)) }
        var firstProblem: SheetProblem?
        for sheet in workbook.sheets {
            do throws(SheetProblem) {
                try bind(sheet, file.name)
            } catch {
                let problem = workbook.sheets.count > 1 ? error.inSheet(sheet.name) : error
                guard error.code == .noHeader else { throw problem }
                if firstProblem?.row == nil { firstProblem = problem }
            }
        }
        guard !worksheets.isEmpty else { throw firstProblem ?? .noHeader(nil) }
    }

    private mutating func bind(_ sheet: Workbook.Sheet, _ path: String) throws(SheetProblem) {
        let place = SheetPlace(name: sheet.name, rowBase: worksheets.count * Self.rowsPerTable)
        let (survey, rows): (SheetSurvey, [HeaderRows.Row])
        do throws(WorkbookProblem) {
            survey = try reading.survey(sheet)
            rows = try firstRows(of: sheet, survey)
        } catch { throw SheetProblem(error, path: path) }
        guard !survey.hasTooManyRanges else { throw .tooLarge }
        guard rows.looksLikeResults else {
            let cells = rows.filter { row in row.cells.contains { !$0.isEmpty } }
            if !cells.isEmpty { findings.append(Finding(place, row: 1, rule: .sheetPassedOver)) }
            declarations += cells.flatMap { Declaration.all(in: $0.cells, row: $0.number, table: nil) }
            throw .noHeader(HeaderRows.nearest(to: rows))
        }
        let form = RecordForm.typed(workbook.dateSystem)
        let layout = try HeaderRows.bind(rows) { header throws(SheetProblem) in
            try SheetLayout(header: header, form: form, name: sheet.name, rowBase: place.rowBase)
        }
        if sheet.isHidden { findings.append(Finding(place, row: 1, rule: .hiddenSheet)) }
        if survey.hasFilter { findings.append(Finding(place, row: layout.headerRow, rule: .filterOn)) }
        findings += hiddenColumns(survey, layout) + layout.findings
        declarations += rows.filter { $0.number < layout.headerRow }.flatMap {
            Declaration.all(in: $0.cells, row: $0.number, table: worksheets.count)
        }
        let ranges = survey.mergedRanges.filter {
            $0.rows.upperBound > layout.headerRow && ($0.rows.count > 1 || $0.columns.count > 1)
                && $0.columns.lowerBound <= SheetLayout.maximumColumns
        }
        worksheets.append(
            BoundWorksheet(
                sheet: sheet, lastRow: survey.lastRowWithContent, layout: layout,
                mergedRanges: ranges.sorted { $0.rows.lowerBound < $1.rows.lowerBound }))
    }

    private func hiddenColumns(_ survey: SheetSurvey, _ layout: SheetLayout) -> [Finding] {
        Field.allCases.compactMap { layout.sheetColumn(of: $0) }.filter { column in
            survey.hiddenColumns.contains { $0.contains(column.index) }
        }.map { Finding(layout.place, row: layout.headerRow, column: $0, rule: .hiddenColumn) }
    }

    /// With the text of merged cells in each of the cells that they cover, as people read it.
    private func firstRows(
        of sheet: Workbook.Sheet, _ survey: SheetSurvey
    ) throws(WorkbookProblem) -> [HeaderRows.Row] {
        let reader = try reading.rows(of: sheet, upTo: min(HeaderRows.limit, survey.lastRowWithContent))
        var texts: [Int: [String]] = [:]
        while let row = try reader.nextRow(), row.number <= HeaderRows.limit {
            var cells: [String] = []
            for cell in row.cells.prefix(SheetLayout.maximumColumns + 1) {
                while cells.count < cell.column, cells.count <= SheetLayout.maximumColumns { cells.append("") }
                guard cells.count == cell.column else { break }
                // Longer texts are no headers.
                cells.append(
                    row.withText(of: cell) {
                        RawCell(bytes: .init(rebasing: $0.prefix(1024)), classes: .suspect).string
                    })
            }
            texts[row.number] = cells
        }
        let ranges = survey.mergedRanges.filter { $0.rows.lowerBound <= HeaderRows.limit }
        // As ranges do not overlap, there is room for no more than one on every second cell.
        guard ranges.count <= HeaderRows.limit * SheetLayout.maximumColumns else {
            throw WorkbookProblem(.tooLarge, part: sheet.name)
        }
        for range in ranges {
            let columns = range.columns.clamped(to: 0...SheetLayout.maximumColumns)
            let top = texts[range.rows.lowerBound] ?? []
            guard columns.lowerBound < top.count, !top[columns.lowerBound].isEmpty else { continue }
            for row in range.rows.clamped(to: 1...HeaderRows.limit) {
                var cells = texts[row] ?? []
                while cells.count <= columns.upperBound { cells.append("") }
                for column in columns { cells[column] = top[columns.lowerBound] }
                texts[row] = cells
            }
        }
        return texts.sorted { $0.key < $1.key }.map { HeaderRows.Row(number: $0.key, cells: $0.value) }
    }
}

extension [HeaderRows.Row] {
    /// Statistics have majors and levels, too, but no names; lists of names have neither marks, levels nor days.
    fileprivate var looksLikeResults: Bool {
        let fields = map { row in Set(row.cells.compactMap { HeaderText($0).field }) }
        let hasNames = fields.contains { $0.count >= 3 && ($0.contains(.name) || $0.contains(.documentNumber)) }
        return hasNames
            && (fields.contains { !$0.isDisjoint(with: [.theory, .skill, .review, .level, .examDate]) }
                || hasGroupOfMarks)
    }

    /// Above the parts, or alone.
    private var hasGroupOfMarks: Bool {
        let groups: Set = ["成绩", "分数", "考试成绩", "考核成绩", "得分", "score", "scores", "marks"]
        return contains { row in row.cells.contains { groups.contains(HeaderText($0).text) } }
    }
}
