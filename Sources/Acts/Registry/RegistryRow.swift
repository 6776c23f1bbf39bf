import Credential
import Errors
import Results
import Store

/// One line of a registry table, by column.
package struct RegistryRow: Sendable {
    /// For messages, such as `filings.csv, row 7`.
    package let place: BilingualText
    package let cells: [String: String]

    /// - Parameter cells: by the columns' names.
    package init(place: BilingualText, cells: [String: String]) { (self.place, self.cells) = (place, cells) }

    /// Empty when the cell or the column is.
    package func text(_ column: RegistryColumn) -> String { cells[column.rawValue] ?? "" }

    package func required(_ column: RegistryColumn) throws -> String {
        let text = text(column)
        guard !text.isEmpty else { throw refused(column, zh: "为空", en: "is empty") }
        return text
    }

    package func day(_ column: RegistryColumn) throws -> CalendarDate? {
        let text = text(column)
        guard !text.isEmpty else { return nil }
        guard let day = CalendarDate(iso8601: text) else {
            throw refused(column, zh: "不是日期，应如 2026-06-24", en: "is not a day such as 2026-06-24")
        }
        return day
    }

    package func refused(_ column: RegistryColumn, zh: String, en: String) -> Refusal {
        Refusal(
            .refused, zh: "\(place.zh)，列 \(column.rawValue)：\(zh)；没有导入任何内容",
            en: "\(place.en), column \(column.rawValue): \(en); nothing was imported")
    }
}

extension RegistryRow {
    package init(_ entry: RegistryEntry) {
        self.init(place: BilingualText(same: "\(entry.kind) \(entry.key)"), cells: entry.cells)
    }
}
