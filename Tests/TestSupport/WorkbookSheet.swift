import Results

/// A workbook of results, sound unless told otherwise.
package struct WorkbookSheet {
    package enum Value {
        case text(String)
        case number(String)
        /// Its saved value; nil when there is none.
        case formula(String?)
        case error(String)
        /// A number with a date's format.
        case date(String)
        case nothing
    }

    package var book: TestWorkbook = {
        var book = TestWorkbook()
        book.formats = ["yyyy-mm-dd"]
        return book
    }()
    private var rows = ""
    private var number = 0

    package init() { appendHeader() }

    /// Without a header.
    package static var empty: WorkbookSheet {
        var sheet = WorkbookSheet()
        (sheet.rows, sheet.number) = ("", 0)
        return sheet
    }

    package mutating func appendHeader(_ headers: [String] = SampleSheet.header.map(\.header)) {
        append(cells: headers.map { .text($0) })
    }

    package mutating func append(_ values: [Field: Value] = [:], number: Int = 1, attributes: String = "") {
        let sound = SampleSheet.sound(number)
        append(cells: SampleSheet.header.map { values[$0] ?? .text(sound[$0] ?? "") }, attributes: attributes)
    }

    package mutating func append(cells: [Value], attributes: String = "") {
        number += 1
        let xml = cells.enumerated().map { Self.xml($1, SheetColumn(index: $0, header: "").letter + String(number)) }
        rows += "<row r=\"\(number)\" \(attributes)>\(xml.joined())</row>"
    }

    /// Ends a worksheet; what is appended then belongs to the next.
    package mutating func finish(_ name: String = "成绩", state: String = "visible", head: String = "", tail: String = "")
    {
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
