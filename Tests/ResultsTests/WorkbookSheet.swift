import Results
import TestSupport

/// A workbook of results, sound unless told otherwise.
struct WorkbookSheet {
    enum Value {
        case text(String)
        case number(String)
        /// Its saved value; nil when there is none.
        case formula(String?)
        case error(String)
        /// A number with a date's format.
        case date(String)
        case nothing
    }

    var book: TestWorkbook = {
        var book = TestWorkbook()
        book.formats = ["yyyy-mm-dd"]
        return book
    }()
    private var rows = ""
    private var number = 0

    init() { appendHeader() }

    /// Without a header.
    static var empty: WorkbookSheet {
        var sheet = WorkbookSheet()
        (sheet.rows, sheet.number) = ("", 0)
        return sheet
    }

    mutating func appendHeader(_ headers: [String] = SampleSheet.header.map(\.header)) {
        append(cells: headers.map { .text($0) })
    }

    mutating func append(_ values: [Field: Value] = [:], number: Int = 1, attributes: String = "") {
        let sound = SampleSheet.sound(number)
        append(cells: SampleSheet.header.map { values[$0] ?? .text(sound[$0] ?? "") }, attributes: attributes)
    }

    mutating func append(cells: [Value], attributes: String = "") {
        number += 1
        let xml = cells.enumerated().map { Self.xml($1, SheetColumn(index: $0, header: "").letter + String(number)) }
        rows += "<row r=\"\(number)\" \(attributes)>\(xml.joined())</row>"
    }

    /// Ends a worksheet; what is appended then belongs to the next.
    mutating func finish(_ name: String = "成绩", state: String = "visible", head: String = "", tail: String = "") {
        book.add(name, state: state, data: rows, head: head, tail: tail)
        rows = ""
        number = 0
    }

    private static func xml(_ value: Value, _ place: String) -> String {
        switch value {
        case .text(""), .nothing: ""
        case .text(let text): "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(text)</t></is></c>"
        case .number(let number): "<c r=\"\(place)\"><v>\(number)</v></c>"
        case .formula(let saved): "<c r=\"\(place)\"><f>A1</f>\(saved.map { "<v>\($0)</v>" } ?? "")</c>"
        case .error(let text): "<c r=\"\(place)\" t=\"e\"><v>\(text)</v></c>"
        case .date(let serial): "<c r=\"\(place)\" s=\"1\"><v>\(serial)</v></c>"
        }
    }
}

/// The reading of one row of a workbook.
func readRow(_ values: [Field: WorkbookSheet.Value], is1904: Bool = false) throws -> RowReading {
    var sheet = WorkbookSheet()
    sheet.book.is1904 = is1904
    sheet.append(values)
    sheet.finish()
    return try readSheet(of: sheet.book.bytes).readings[0]
}
