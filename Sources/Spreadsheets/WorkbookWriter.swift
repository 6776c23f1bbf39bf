import CXLSXWriter
import Glibc

/// Writes a workbook row by row in constant memory.
package final class WorkbookWriter {
    package enum Style: Hashable, Sendable, CaseIterable {
        case plain, header, title, asked, rejected, note
    }

    package enum Cell: Sendable {
        /// Stored as text in a cell that stays text, so that long numbers keep their digits.
        case text(String)
        case number(Double)
    }

    package static let maximumRows = 1_048_576

    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var formats: [Style: UnsafeMutablePointer<lxw_format>] = [:]
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var sheetName = ""
    /// As programs compare them: without case.
    private var usedNames: Set<String> = []
    private var isClosed = false
    /// The next row of the sheet, from 0.
    package private(set) var nextRow = 0

    /// - Parameter path: of a file that does not matter until ``close()`` has returned.
    package init(path: String) throws(WorkbookProblem) {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.use_zip64 = 1
        guard let workbook = workbook_new_opt(path, &options) else { throw WorkbookProblem(.cannotOpen) }
        self.workbook = workbook
        for style in Style.allCases { formats[style] = Self.format(style, in: workbook) }
    }

    deinit {
        if !isClosed { lxw_workbook_free(workbook) }
    }

    /// Begins a worksheet; the one before it is complete.
    ///
    /// - Parameter widths: of the columns, in characters.
    package func beginSheet(_ name: String, widths: [Double]) throws(WorkbookProblem) {
        sheetName = unusedName(Self.allowed(name))
        guard let sheet = workbook_add_worksheet(workbook, sheetName) else { throw WorkbookProblem(.damaged) }
        self.sheet = sheet
        nextRow = 0
        // On paper: A4 across, all columns on one page, the header on each.
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)
        worksheet_fit_to_pages(sheet, 1, 0)
        for (column, width) in widths.enumerated() {
            worksheet_set_column(sheet, UInt16(clamping: column), UInt16(clamping: column), width, formats[.plain])
        }
    }

    package func append(_ cells: [Cell], style: Style = .plain) {
        append(cells, styles: Array(repeating: style, count: cells.count))
    }

    /// What lies beyond a sheet is refused by libxlsxwriter, to which a number that is too large stays one.
    ///
    /// - Parameter styles: one for each cell.
    package func append(_ cells: [Cell], styles: [Style]) {
        let row = UInt32(clamping: nextRow)
        for (column, cell) in cells.enumerated() {
            let format = formats[styles[column]]
            switch cell {
            case .text(let text) where text.isEmpty:
                worksheet_write_blank(sheet, row, UInt16(clamping: column), format)
            case .text(let text):
                worksheet_write_string(sheet, row, UInt16(clamping: column), Self.cellText(text), format)
            case .number(let number):
                worksheet_write_number(sheet, row, UInt16(clamping: column), number, format)
            }
        }
        nextRow += 1
    }

    /// Rows above stay in sight, and the program's filter is on from the last of them down to the last row.
    package func freeze(rows: Int, columns: Int) {
        worksheet_freeze_panes(sheet, UInt32(clamping: rows), 0)
        worksheet_repeat_rows(sheet, 0, UInt32(clamping: rows - 1))
        if nextRow > rows, columns > 0 {
            worksheet_autofilter(
                sheet, UInt32(clamping: rows - 1), 0, UInt32(clamping: nextRow - 1), UInt16(clamping: columns - 1))
        }
    }

    /// A bar chart of columns of this sheet, placed right of them.
    ///
    /// - Parameters:
    ///   - rows: from 0, with the series' names in the row above the first.
    ///   - categories: the column of the names below the bars.
    package func addBarChart(title: String, rows: ClosedRange<Int>, categories: Int, series: [Int], at column: Int) {
        guard let chart = workbook_add_chart(workbook, UInt8(LXW_CHART_BAR.rawValue)) else { return }
        let (first, last) = (UInt32(clamping: rows.lowerBound), UInt32(clamping: rows.upperBound))
        for values in series {
            guard let line = chart_add_series(chart, nil, nil) else { continue }
            chart_series_set_categories(
                line, sheetName, first, UInt16(clamping: categories), last, UInt16(clamping: categories))
            chart_series_set_values(line, sheetName, first, UInt16(clamping: values), last, UInt16(clamping: values))
            chart_series_set_name_range(line, sheetName, first - 1, UInt16(clamping: values))
        }
        chart_title_set_name(chart, title)
        chart_axis_set_reverse(chart.pointee.y_axis)
        var options = lxw_chart_options()
        options.x_scale = 1.6
        options.y_scale = max(1, Double(rows.count) / 5)
        worksheet_insert_chart_opt(sheet, 1, UInt16(clamping: column), chart, &options)
    }

    /// Writes the file. Without it nothing is there that could be opened.
    package func close() throws(WorkbookProblem) {
        isClosed = true
        let error = workbook_close(workbook)
        guard error == LXW_NO_ERROR else { throw WorkbookProblem(.cannotOpen) }
    }

    private static func format(
        _ style: Style, in workbook: UnsafeMutablePointer<lxw_workbook>
    ) -> UnsafeMutablePointer<lxw_format>? {
        let format = workbook_add_format(workbook)
        // Index 49 is "@": whatever is typed stays text.
        format_set_num_format_index(format, 49)
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        switch style {
        case .plain: break
        case .header:
            format_set_bold(format)
            format_set_bg_color(format, 0xD9E2EC)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 14)
        case .asked: format_set_bg_color(format, 0xFFF1CC)
        case .rejected: format_set_bg_color(format, 0xFBDAD7)
        case .note: format_set_font_color(format, 0x5A6672)
        }
        return format
    }

    /// Names of sheets may have 31 UTF-16 units.
    private static func cut(_ name: String, to units: Int) -> String {
        var kept = String.UnicodeScalarView()
        var count = 0
        for scalar in name.unicodeScalars {
            count += UTF16.width(scalar)
            if count > units { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// Without characters that names of sheets may not have.
    private static func allowed(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { "[]:*?/\\'".unicodeScalars.contains($0) || $0.value < 0x20 ? " " : $0 }
        let kept = cut(String(String.UnicodeScalarView(scalars)), to: 31)
        return kept.allSatisfy(\.isWhitespace) ? "Sheet" : kept
    }

    /// Numbered where another sheet has the name already.
    private func unusedName(_ name: String) -> String {
        var candidate = name
        var number = 2
        // "History" is a name that programs keep for themselves.
        while candidate.lowercased() == "history" || !usedNames.insert(candidate.lowercased()).inserted {
            candidate = Self.cut(name, to: 31 - "(\(number))".count) + "(\(number))"
            number += 1
        }
        return candidate
    }

    /// At most 32,767 UTF-16 units (ISO/IEC 29500-1, 18.3.1.4) and no zero, which would end it.
    private static func cellText(_ text: String) -> String {
        let text = FormulaGuard.neutralised(text)
        // U+FFFE and U+FFFF are no characters of XML (XML 1.0, 2.2); the writer escapes the other ones.
        let isAllowed = text.utf8.count <= longestCell && !text.utf8.contains(0) && !text.utf8.contains(0xEF)
        if isAllowed { return text }
        // By scalars: what people take for one character can have any number of them.
        var kept = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars where scalar != "\0" {
            length += scalar.value > 0xFFFF ? 2 : 1
            if length > longestCell { break }
            kept.append(scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar)
        }
        return String(kept)
    }

    private static let longestCell = 32_767
}
