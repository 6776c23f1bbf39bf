import Glibc

/// Turns the elements of a worksheet into rows.
final class WorksheetHandler: XMLHandler {
    /// Rows complete so far; taken away by the reader.
    var rows: [SheetRow] = []
    private(set) var isDone = false
    private(set) var problem: WorkbookProblem?
    /// Reading ends before the row behind it.
    var lastRowWanted = Int.max

    private let strings: SharedStrings
    private let formats: CellFormats
    private let dates: DateSystem

    private enum Form { case number, shared, text, inline, boolean, error, day }

    private var row: SheetRow?
    private var lastRow = 0
    private var column = -1
    private var lastColumn = -1
    private var form = Form.number
    private var style = 0
    private var isFormula = false
    private var isInValue = false
    private var hasValue = false
    private var value: [UInt8] = []
    private var inline = RichText()
    private var longCellCount = 0
    /// Each costs as much as thousands of others; a sheet of results has none.
    private static let mostLongCells = 500
    /// Bytes of the longest text that a cell of a table has (32,767 characters in spreadsheet programs).
    private static let longestText = 1 << 15

    init(strings: SharedStrings, formats: CellFormats, dates: DateSystem) {
        (self.strings, self.formats, self.dates) = (strings, formats, dates)
    }

    func start(_ name: XMLText, _ attributes: XMLAttributes) {
        // The rest of a block may still come.
        if isDone { return }
        if name.is("c") {
            startCell(attributes)
        } else if name.is("v") {
            isInValue = true
            hasValue = true
        } else if name.is("f") {
            isFormula = true
        } else if name.is("row") {
            startRow(attributes)
        } else if form == .inline {
            inline.start(name)
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        if isDone { return }
        if isInValue {
            value.append(contentsOf: bytes)
        } else if form == .inline {
            inline.append(bytes)
        }
        if value.count > RichText.longest || inline.isTooLong { fail(.tooLarge) }
    }

    func end(_ name: XMLText) {
        if isDone { return }
        if name.is("c") {
            endCell()
        } else if name.is("v") {
            isInValue = false
        } else if name.is("sheetData") {
            finishRow()
            isDone = true
        } else if form == .inline {
            inline.end(name)
        }
    }

    private func startRow(_ attributes: XMLAttributes) {
        let number = attributes.int("r") ?? lastRow + 1
        // Some programs write an element of the same row for each cell.
        if number == lastRow, row != nil {
            if attributes.isTrue("hidden") { row?.isHidden = true }
            return
        }
        guard number > lastRow, number <= CellReference.maximumRow else { return fail() }
        if number > lastRowWanted {
            finishRow()
            isDone = true
            return
        }
        finishRow()
        lastRow = number
        lastColumn = -1
        row = SheetRow(number: number, isHidden: attributes.isTrue("hidden"))
    }

    private func finishRow() {
        if let row { rows.append(row) }
        row = nil
    }

    private func startCell(_ attributes: XMLAttributes) {
        if let reference = attributes["r"] {
            guard let place = CellReference(reference), place.row == lastRow else { return fail() }
            column = place.column
        } else {
            column = lastColumn + 1
        }
        guard column > lastColumn, column <= CellReference.maximumColumn else { return fail() }
        lastColumn = column
        style = attributes.int("s") ?? 0
        form = Self.form(attributes["t"])
        isFormula = false
        hasValue = false
        value.removeAll(keepingCapacity: true)
    }

    private func fail(_ code: WorkbookProblem.Code = .damaged) {
        problem = WorkbookProblem(code)
        isDone = true
    }

    private static func form(_ type: UnsafeRawBufferPointer?) -> Form {
        guard let type else { return .number }
        return switch String(decoding: type, as: UTF8.self) {
        case "s": .shared
        case "str": .text
        case "inlineStr": .inline
        case "b": .boolean
        case "e": .error
        case "d": .day
        default: .number
        }
    }
}

// MARK: - Values

extension WorksheetHandler {
    private func endCell() {
        defer { form = .number }
        guard row != nil else { return }
        switch form {
        case .text: append(.text, value.contains(UInt8(ascii: "_")) ? RichText.withoutEscapes(value) : value)
        case .inline: append(.text, inline.take())
        case .shared: appendShared()
        case .boolean: append(.boolean, Array((value == [0x31] ? "TRUE" : "FALSE").utf8))
        case .error: append(.error, value)
        case .day: append(.date, Array(Self.withoutMidnight(value)))
        case .number: appendNumber()
        }
    }

    private func append(_ kind: SheetCell.Kind, _ text: [UInt8]) {
        guard !text.isEmpty || isFormula else { return }
        var cell = SheetCell(column: column, kind: kind)
        cell.isFormula = isFormula
        cell.isUnsaved = isFormula && text.isEmpty && !(form == .text && hasValue)
        text.withUnsafeBytes { append(cell, $0) }
    }

    private func append(_ cell: SheetCell, _ text: UnsafeRawBufferPointer) {
        if text.count > Self.longestText { longCellCount += 1 }
        guard longCellCount <= Self.mostLongCells else {
            problem = WorkbookProblem(.longCells, part: "\(lastRow)")
            isDone = true
            return
        }
        row?.append(cell, text)
    }

    private func appendShared() {
        guard let index = value.withUnsafeBytes({ Int(digits: $0) }) else { return value.isEmpty ? () : fail() }
        var cell = SheetCell(column: column, kind: .text)
        cell.isFormula = isFormula
        let isThere = strings.withText(index) { text in
            if !text.isEmpty || isFormula { append(cell, text) }
        }
        if !isThere { fail() }
    }

    private func appendNumber() {
        guard !value.isEmpty else { return append(.number, value) }
        switch formats[style] {
        case .general: append(.number, Self.shortest(value))
        case .date, .month:
            if let number = Self.number(value), let text = dates.text(of: number) {
                // Of a month no day is shown, whatever the number has.
                append(.date, formats[style] == .month ? Array(text.utf8.prefix(7)) : Array(text.utf8))
            } else {
                append(.number, Self.shortest(value))
            }
        case .percent:
            let percent = Self.number(value).map { Self.significant($0 * 100) } ?? value
            append(.number, percent + [UInt8(ascii: "%")])
        case .zeroPadded(let width):
            let digits = Self.shortest(value)
            let isWhole = digits.allSatisfy { (0x30...0x39).contains($0) }
            let padding = isWhole ? max(0, min(width, 64) - digits.count) : 0
            append(padding > 0 ? .text : .number, Array(repeating: 0x30, count: padding) + digits)
        }
    }

    private static func number(_ text: [UInt8]) -> Double? {
        guard text.count <= 40 else { return nil }
        return Double(String(decoding: text, as: UTF8.self))
    }

    /// As programs show it: 15 significant digits, as the last of 17 are the float's and not the typist's.
    private static func shortest(_ text: [UInt8]) -> [UInt8] {
        let isPlain = text.count <= 15 && text.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain else { return number(text).flatMap { $0.isFinite ? significant($0) : nil } ?? text }
        guard text.contains(UInt8(ascii: ".")) else { return text }
        // 3.0 is the whole number 3.
        let end = text.lastIndex { $0 != UInt8(ascii: "0") } ?? 0
        return Array(text[...(text[end] == UInt8(ascii: ".") && end > 0 ? end - 1 : end)])
    }

    private static func significant(_ number: Double) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 40)
        let count = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.15g", $0) }
        // bounded: of 32 bits; 15 digits with a sign and an exponent are not below 0 nor too long.
        return buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }
    }

    /// `2026-06-20T00:00:00` is a day.
    private static func withoutMidnight(_ text: [UInt8]) -> ArraySlice<UInt8> {
        guard let end = text.firstIndex(of: UInt8(ascii: "T")) else { return text[...] }
        let isMidnight = text[(end + 1)...].allSatisfy { $0 == UInt8(ascii: "0") || ":.".utf8.contains($0) }
        // bounded: an index of the text.
        return isMidnight ? text[..<end] : text[...]
    }
}
