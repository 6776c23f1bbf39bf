/// Where a cell stands: the letter a spreadsheet program shows, and the header's text.
package struct SheetColumn: Hashable, Sendable, CustomStringConvertible {
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

    package var description: String { "\(letter) \(header)" }
}

/// Something about a row that its registrar should know. Holds no personal data.
package struct Finding: Hashable, Sendable {
    /// As a spreadsheet program counts, from 1.
    package var sheetRow: Int
    package let column: SheetColumn?
    package let rule: Rule
    /// What the value looks like; the value itself is never here.
    package let shape: ValueShape?
    /// Another row that has to do with it.
    package let relatedRow: Int?

    package init(
        sheetRow: Int, column: SheetColumn? = nil, rule: Rule, shape: ValueShape? = nil, relatedRow: Int? = nil
    ) {
        self.sheetRow = sheetRow
        self.column = column
        self.rule = rule
        self.shape = shape
        self.relatedRow = relatedRow
    }

    package var code: String { rule.code }
    package var anomaly: Int? { rule.anomaly }
    package var severity: Severity { rule.severity }
}

extension Finding: CustomStringConvertible {
    package var chinese: String {
        "第 \(sheetRow) 行" + (column.map { " \($0.letter) 列（\($0.header)）" } ?? "") + "：\(rule.chinese)"
            + (shape.map { "（\($0.chinese)）" } ?? "") + (relatedRow.map { "（参见第 \($0) 行）" } ?? "")
    }

    package var english: String {
        "Row \(sheetRow)" + (column.map { ", column \($0)" } ?? "") + ": \(rule.english)"
            + (shape.map { " (\($0.english))" } ?? "") + (relatedRow.map { " (see row \($0))" } ?? "")
    }

    package var description: String { english }
}
