/// Where the cells of a sheet lead when clicked: by the formula HYPERLINK, or by a link of the sheet's own (ISO/IEC 29500-1
/// §18.3.1.47). Nothing is fetched.
package final class SheetLinks: XMLHandler {
    /// More than any list that people send.
    private static let mostLinks = 100_000
    private static let longestTarget = 4096

    /// By row from 1 and column from 0.
    package private(set) var targets: [Place: String] = [:]

    package struct Place: Hashable, Sendable {
        let row: Int
        let column: Int

        package init(row: Int, column: Int) { (self.row, self.column) = (row, column) }
    }

    private var relations: [(place: Place, id: String)] = []
    private var place: Place?
    private var formula: [UInt8]?

    var isDone: Bool { targets.count + relations.count > Self.mostLinks }

    init() {}

    func start(_ name: XMLText, _ attributes: XMLAttributes) {
        if name.is("c") {
            place = attributes["r"].flatMap(CellReference.init).map { Place(row: $0.row, column: $0.column) }
        } else if name.is("f") {
            formula = place == nil ? nil : []
        } else if name.is("hyperlink"), let id = attributes.string("id"),
            let cell = attributes["ref"].flatMap(CellReference.init)
        {
            relations.append((Place(row: cell.row, column: cell.column), id))
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        guard let length = formula?.count, length + bytes.count <= Self.longestTarget * 2 else {
            formula = nil
            return
        }
        formula?.append(contentsOf: bytes)
    }

    func end(_ name: XMLText) {
        guard name.is("f"), let place, let text = formula else { return }
        formula = nil
        targets[place] = Self.target(ofFormula: String(decoding: text, as: UTF8.self))
    }

    /// - Parameter addresses: by the relation's id. A formula goes before them, as in spreadsheet programs.
    func resolve(_ addresses: [String: String]) {
        for (place, id) in relations where targets[place] == nil {
            targets[place] = addresses[id].flatMap { $0.utf8.count <= Self.longestTarget ? $0 : nil }
        }
        relations = []
    }

    /// The first argument where it is texts alone: a text in a formula has 255 characters, so a long address is joined
    /// of several.
    static func target(ofFormula formula: String) -> String? {
        var rest = formula.drop { $0.isWhitespace || $0 == "=" }
        guard rest.lowercased().hasPrefix("hyperlink(") else { return nil }
        rest = rest.dropFirst("hyperlink(".count)
        var target = ""
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst()
            while let end = rest.firstIndex(of: "\"") {
                // bounded: the end was found in the rest.
                target += rest[..<end]
                rest = rest[end...].dropFirst()
                // Two of them stand for one.
                guard rest.first == "\"" else { break }
                target += "\""
                rest = rest.dropFirst()
            }
            rest = rest.drop(while: \.isWhitespace)
            guard rest.first == "&" else { break }
            rest = rest.dropFirst()
        }
        return rest.first == "," || rest.first == ")" || rest.first == ";" ? target : nil
    }
}
