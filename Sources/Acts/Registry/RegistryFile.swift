import Errors
import Parsing

/// A table of the registry in a CSV file or workbook.
package enum RegistryFile {
    package static func read(_ path: String, _ kind: RegistryKind, by workers: ParsingPool) throws -> [RegistryRow] {
        let table = try TableFile.read(path, by: workers)
        for column in kind.required where !table.header.contains(column.rawValue) {
            throw Refusal(
                .refused, zh: "\(path) 没有列 \(column.rawValue)；有的列：\(table.header.joined(separator: "、"))",
                en: "\(path) has no column \(column.rawValue); it has: \(table.header.joined(separator: ", "))")
        }
        return table.rows.map { row, cells in
            RegistryRow(
                place: BilingualText(zh: "\(path) 第 \(row) 行", en: "\(path), row \(row)"),
                cells: Dictionary(zip(table.header, cells)) { first, _ in first })
        }
    }
}
