import Parsing

/// A table with certificate numbers, in a column of a known header, or in the first.
package enum NumberList {
    private static let columns = ["证书编号", "certificate_number", "number"]

    package static func read(_ path: String, by workers: ParsingPool) throws -> [String] {
        let (header, rows) = try TableFile.read(path, by: workers)
        let column = header.firstIndex { columns.contains($0) }
        let cells = (column == nil ? [header] : []) + rows.map(\.cells)
        return cells.map { $0.indices.contains(column ?? 0) ? $0[column ?? 0] : "" }.filter { !$0.isEmpty }
    }
}
