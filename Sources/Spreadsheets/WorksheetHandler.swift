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
    private var value: [UInt8] = []
    private var inline = RichText()

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
        } else if name.is("row") {
            if let row { rows.append(row) }
            row = nil
        } else if name.is("sheetData") {
            isDone = true
        } else if form == .inline {
            inline.end(name)
        }
    }

    private func startRow(_ attributes: XMLAttributes) {
        let number = attributes.int("r") ?? lastRow + 1
        guard number > lastRow, number <= CellReference.maximumRow else { return fail() }
        if number > lastRowWanted {
            isDone = true
            return
        }
        lastRow = number
        lastColumn = -1
        row = SheetRow(number: number, isHidden: attributes.isTrue("hidden"))
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
        case .text: append(.text, value)
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
        text.withUnsafeBytes { row?.append(cell, $0) }
    }

    private func appendShared() {
        guard let index = value.withUnsafeBytes({ Int(digits: $0) }) else { return value.isEmpty ? () : fail() }
        var cell = SheetCell(column: column, kind: .text)
        cell.isFormula = isFormula
        let isThere = strings.withText(index) { text in
            if !text.isEmpty || isFormula { row?.append(cell, text) }
        }
        if !isThere { fail() }
    }

    private func appendNumber() {
        guard !value.isEmpty else { return append(.number, value) }
        switch formats[style] {
        case .general: append(.number, Self.shortest(value))
        case .date:
            if let number = Self.number(value), let text = dates.text(of: number) {
                append(.date, Array(text.utf8))
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
        guard !isPlain, let number = number(text), number.isFinite else { return text }
        return significant(number)
    }

    private static func significant(_ number: Double) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 40)
        let count = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.15g", $0) }
        // bounded: of 32 bits; 15 digits with a sign and an exponent are not below 0 nor too long.
        return buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }
    }

    /// `2026-06-20T00:00:00` is a day.
    private static func withoutMidnight(_ text: [UInt8]) -> ArraySlice<UInt8> {
        text.firstIndex(of: UInt8(ascii: "T")).map { text[..<$0] } ?? text[...]
    }
}
