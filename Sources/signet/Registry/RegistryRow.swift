import Credential
import Errors
import Results
import Store

/// One line of a registry table, by column.
struct RegistryRow {
    /// For messages, such as `filings.csv, row 7`.
    let place: String
    let cells: [String: String]

    /// Empty when the cell or the column is.
    func text(_ column: RegistryColumn) -> String { cells[column.rawValue] ?? "" }

    func required(_ column: RegistryColumn) throws -> String {
        let text = text(column)
        guard !text.isEmpty else { throw refused(column, "is empty") }
        return text
    }

    func day(_ column: RegistryColumn) throws -> CalendarDate? {
        let text = text(column)
        guard !text.isEmpty else { return nil }
        guard let day = CalendarDate(iso8601: text) else { throw refused(column, "is not a day such as 2026-06-24") }
        return day
    }

    func refused(_ column: RegistryColumn, _ what: String) -> Refusal {
        Refusal(.refused, "\(place), column \(column.rawValue): \(what); nothing was imported")
    }

    /// The rows of a CSV file or workbook.
    static func read(_ path: String, _ kind: RegistryKind) throws -> [RegistryRow] {
        let table = try TableFile.read(path)
        for column in kind.required where !table.header.contains(column.rawValue) {
            throw Refusal(
                .refused,
                "\(path) has no column \(column.rawValue); it has: \(table.header.joined(separator: ", "))")
        }
        return table.rows.map { row, cells in
            RegistryRow(
                place: "\(path), row \(row)", cells: Dictionary(zip(table.header, cells)) { first, _ in first })
        }
    }
}

extension RegistryRow {
    init(_ entry: RegistryEntry) { self.init(place: "\(entry.kind) \(entry.key)", cells: entry.cells) }
}
