import Files
import Parsing
import Results
import Seal
import Spreadsheets

/// The rows of a CSV file or a workbook's first visible sheet. Blank rows are left out.
final class TableSource: BulkSource {
    private static let chunk = 128

    let header: [String]
    private let rows: [(row: Int, cells: [String])]
    /// Nil for a list without a header, in which a seal may stand anywhere in a row.
    private let columns: ListColumns?
    /// Columns of an earlier result are not taken for the sender's own.
    private let kept: [Int]
    private var position = 0
    let totalsRows: [Int]

    var total: Int { rows.count }

    init(_ file: InputFile, limits: BulkLimits, _ workers: ParsingPool) throws {
        var (header, rows) = try BulkProblem.worded { try workers.table(file, mostRows: limits.rows, isList: true) }
        let columns = ListColumns(header: header)
        if columns.suffice {
            self.columns = columns
        } else {
            // A bare list: what would be the header is the first row.
            rows.insert((1, header), at: 0)
            guard rows.prefix(Self.headRows).contains(where: { Self.hasSeal($0.cells) }) else {
                throw BulkProblem.noColumns(found: header)
            }
            header = header.indices.map { "\($0 + 1)" }
            self.columns = nil
        }
        totalsRows = rows.filter { ListTotals.isTotal($0.cells) }.map(\.row)
        if !totalsRows.isEmpty { rows.removeAll { ListTotals.isTotal($0.cells) } }
        guard rows.count <= limits.rows else { throw BulkProblem.tooManyRows(limits.rows) }
        guard !rows.isEmpty else { throw BulkProblem.empty }
        kept = header.indices.filter { !ResultColumn.isOwn(header[$0]) }
        self.header = kept.map { header[$0] }
        self.rows = rows
    }

    func next() -> [BulkRow] {
        let end = min(position + Self.chunk, rows.count)
        defer { position = end }
        // bounded: the end is not before the position, nor behind the last row.
        return rows[position..<end].map { row, cells in
            BulkRow(
                number: row, cells: kept.map { cells[$0] },
                question: columns?.question { $0.map { cells[$0] } ?? "" }
                    ?? .seal(cells.joined(separator: " "), stated: StatedHolder()))
        }
    }

    private static let headRows = 20

    private static func hasSeal(_ cells: [String]) -> Bool {
        SealSearch.find(in: cells.joined(separator: " ")).isTrace
    }
}
