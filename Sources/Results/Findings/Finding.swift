import Credential
import Errors

/// Where a cell stands: the letter a spreadsheet program shows, and the header's text.
package struct SheetColumn: Codable, Hashable, Sendable, CustomStringConvertible {
    /// From 0.
    package let index: Int
    package let header: String

    package init(index: Int, header: String) {
        self.index = index
        self.header = header
    }

    /// `A` … `Z`, `AA` …
    package var letter: String {
        var letters: [UInt8] = []
        var rest = index
        repeat {
            letters.append(UInt8(ascii: "A") + UInt8(rest % 26))
            rest = rest / 26 - 1
        } while rest >= 0
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    package var description: String { header.isEmpty ? letter : "\(letter) \(header)" }
}

/// Which of a file's tables a row is of.
package struct SheetPlace: Codable, Hashable, Sendable {
    /// The worksheet's name; nil in a CSV file.
    package let name: String?
    /// What is added to the row's number in its table.
    package let rowBase: Int

    package init(name: String?, rowBase: Int) {
        self.name = name
        self.rowBase = rowBase
    }

    package static let file = SheetPlace(name: nil, rowBase: 0)
}

/// Something about a row that its registrar should know. Holds no personal data.
package struct Finding: Codable, Hashable, Sendable {
    /// Of the file: the row's number in its table, with the table's base.
    package var sheetRow: Int
    package let place: SheetPlace
    package let column: SheetColumn?
    package let rule: Rule
    /// What the value looks like; the value itself is never here.
    package let shape: ValueShape?
    /// Another row that has to do with it, and its table.
    package let relatedRow: Int?
    private let relatedPlace: SheetPlace

    package init(
        sheetRow: Int, column: SheetColumn? = nil, rule: Rule, shape: ValueShape? = nil, relatedRow: Int? = nil,
        place: SheetPlace = .file, relatedPlace: SheetPlace? = nil
    ) {
        self.sheetRow = sheetRow
        self.relatedPlace = relatedPlace ?? place
        self.place = place
        self.column = column
        self.rule = rule
        self.shape = shape
        self.relatedRow = relatedRow
    }

    /// - Parameter row: as the table's program counts.
    init(_ place: SheetPlace, row: Int, column: SheetColumn? = nil, rule: Rule) {
        self.init(sheetRow: place.rowBase + row, column: column, rule: rule, place: place)
    }

    /// In the table that has its row.
    ///
    /// - Parameter field: whose column it is about, when it has none yet.
    package func placed(by tables: [SheetLayout], field: Field? = nil) -> Finding {
        // A row lies past the base of its table and of those before it.
        guard let table = tables.last(where: { $0.rowBase < sheetRow }) else { return self }
        return Finding(
            sheetRow: sheetRow, column: column ?? field.flatMap(table.sheetColumn), rule: rule, shape: shape,
            relatedRow: relatedRow, place: table.place,
            relatedPlace: relatedRow.flatMap { row in tables.last { $0.rowBase < row }?.place })
    }

    package var code: String { rule.code }
    package var anomaly: Int? { rule.anomaly }
    package var severity: Severity { rule.severity }
    /// As a spreadsheet program counts, from 1.
    package var row: Int { sheetRow - place.rowBase }
}

extension Finding: CustomStringConvertible {
    /// Nil when the related row is of the same table.
    private var relatedSheet: String? { relatedPlace == place ? nil : relatedPlace.name }

    package var text: BilingualText { BilingualText(zh: chinese, en: english) }

    private var chinese: String {
        (place.name.map { "工作表“\($0)”" } ?? "") + "第 \(row) 行"
            + (column.map { " \($0.letter) 列" + ($0.header.isEmpty ? "" : "（\($0.header)）") } ?? "")
            + "：\(rule.text.zh)"
            + (shape.map { "（\($0.text.zh)）" } ?? "")
            + relatedInChinese
    }

    /// The other row that has to do with it; empty when there is none.
    package var relatedInChinese: String {
        relatedRow.map { "（参见\(relatedSheet.map { "工作表“\($0)”" } ?? "")第 \($0 - relatedPlace.rowBase) 行）" } ?? ""
    }

    private var english: String {
        (place.name.map { "Sheet \"\($0)\", row" } ?? "Row") + " \(row)" + (column.map { ", column \($0)" } ?? "")
            + ": \(rule.text.en)" + (shape.map { " (\($0.text.en))" } ?? "")
            + (relatedRow.map {
                " (see \(relatedSheet.map { "sheet \"\($0)\", " } ?? "")row \($0 - relatedPlace.rowBase))"
            } ?? "")
    }

    package var description: String { english }
}
