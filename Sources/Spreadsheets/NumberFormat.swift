/// What a cell's number format makes of its number (ISO/IEC 29500-1, 18.8.30 and 18.8.31).
enum NumberFormat: Hashable, Sendable {
    case general
    case date
    /// Year and month without a day.
    case month
    case percent
    /// Such as `0000000000`, by which typists keep leading zeros.
    case zeroPadded(Int)

    /// Of the formats that every program knows without their being written down.
    init(builtIn id: Int) {
        switch id {
        case 9, 10: self = .percent
        // As Chinese programs have those that depend on the language (18.8.30).
        case 17, 27, 36, 50, 52, 57: self = .month
        case 14...16, 22, 28...31, 51, 53, 54, 58: self = .date
        default: self = .general
        }
    }

    init(code: String) {
        // Sections for negative numbers, zero and text follow.
        let first = code.split(separator: ";", omittingEmptySubsequences: false).first ?? ""
        let symbols = Self.symbols(of: first)
        if symbols.contains(where: { "dD".contains($0) }) {
            self = .date
        } else if symbols.contains(where: { "yY".contains($0) }) {
            self = .month
        } else if symbols.contains("%") {
            self = .percent
        } else if symbols.count > 1, symbols.allSatisfy({ $0 == "0" }) {
            self = .zeroPadded(symbols.count)
        } else {
            self = .general
        }
    }

    /// The code without literal text, colours, conditions and locales.
    private static func symbols(of code: Substring) -> [Character] {
        var symbols: [Character] = []
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in code {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracketed {
                isBracketed = character != "]"
            } else {
                switch character {
                case "\\", "_", "*": isEscaped = true
                case "\"": isQuoted = true
                case "[": isBracketed = true
                default: symbols.append(character)
                }
            }
        }
        // The one word of the language that has the letters of dates in it.
        return String(symbols).lowercased() == "standard" ? [] : symbols
    }
}

/// The number formats of a workbook's cells, by style.
struct CellFormats {
    private var formats: [NumberFormat] = []

    init() {}

    init(_ part: String, in archive: ZipArchive) throws(WorkbookProblem) {
        var codes: [Int: NumberFormat] = [:]
        var formats: [NumberFormat] = []
        var isInCellFormats = false
        let elements = StyleReader()
        elements.onStart = { name, attributes in
            if name.is("numFmt") {
                guard let id = attributes.int("numFmtId"), let code = attributes.string("formatCode") else { return }
                codes[id] = NumberFormat(code: code)
            } else if name.is("cellXfs") {
                isInCellFormats = true
            } else if isInCellFormats, name.is("xf") {
                let id = attributes.int("numFmtId") ?? 0
                formats.append(codes[id] ?? NumberFormat(builtIn: id))
            }
        }
        elements.onEnd = { if $0.is("cellXfs") { isInCellFormats = false } }
        try elements.read(part, in: archive)
        self.formats = formats
    }

    subscript(style: Int) -> NumberFormat { formats.indices.contains(style) ? formats[style] : .general }
}

private final class StyleReader: XMLHandler {
    var onStart: (XMLText, XMLAttributes) -> Void = { _, _ in }
    var onEnd: (XMLText) -> Void = { _ in }
    var isDone: Bool { false }

    func start(_ name: XMLText, _ attributes: XMLAttributes) { onStart(name, attributes) }
    func end(_ name: XMLText) { onEnd(name) }
    func text(_ bytes: UnsafeRawBufferPointer) {}
}
