import Credential
import Errors
import Results
import Store

/// One line of a registry table, by column.
package struct RegistryRow: Sendable {
    /// For messages, such as `filings.csv, row 7`.
    package let place: String
    package let cells: [String: String]

    /// - Parameter cells: by the columns' names.
    package init(place: String, cells: [String: String]) { (self.place, self.cells) = (place, cells) }

    /// Empty when the cell or the column is.
    package func text(_ column: RegistryColumn) -> String { cells[column.rawValue] ?? "" }

    package func required(_ column: RegistryColumn) throws -> String {
        let text = text(column)
        guard !text.isEmpty else { throw refused(column, "is empty") }
        return text
    }

    package func day(_ column: RegistryColumn) throws -> CalendarDate? {
        let text = text(column)
        guard !text.isEmpty else { return nil }
        guard let day = CalendarDate(iso8601: text) else { throw refused(column, "is not a day such as 2026-06-24") }
        return day
    }

    package func refused(_ column: RegistryColumn, _ what: String) -> Refusal {
        Refusal(.refused, "\(place), column \(column.rawValue): \(what); nothing was imported")
    }
}

extension RegistryRow {
    package init(_ entry: RegistryEntry) { self.init(place: "\(entry.kind) \(entry.key)", cells: entry.cells) }
}
