import Parsing
import Results
import Seal
import Spreadsheets

/// The rows of a CSV file or a workbook's first visible sheet. Blank rows are left out.
final class TableSource: BulkSource {
    private static let chunk = 128

    let header: [String]
    private let rows: [(row: Int, cells: [String])]
    private let roles: ColumnRoles
    /// Columns of an earlier result are not taken for the sender's own.
    private let kept: [Int]
    private var position = 0

    var total: Int { rows.count }

    init(_ file: InputFile, limits: BulkLimits, _ workers: ParsingPool) throws {
        var (header, rows) = try BulkProblem.worded { try workers.table(file, mostRows: limits.rows) }
        var roles = ColumnRoles(header: header)
        if let column = header.firstIndex(where: Self.isSeal) {
            // A bare list: what would be the header is the first certificate.
            rows.insert((1, header), at: 0)
            header = header.indices.map { "\($0 + 1)" }
            roles = ColumnRoles(sealColumn: column)
        }
        guard roles.suffice else { throw BulkProblem.noColumns }
        guard rows.count <= limits.rows else { throw BulkProblem.tooManyRows(limits.rows) }
        guard !rows.isEmpty else { throw BulkProblem.empty }
        kept = header.indices.filter { !ResultColumn.isOwn(header[$0]) }
        self.header = kept.map { header[$0] }
        self.rows = rows
        self.roles = roles
    }

    func next() -> [BulkRow] {
        let end = min(position + Self.chunk, rows.count)
        defer { position = end }
        // bounded: the end is not before the position, nor behind the last row.
        return rows[position..<end].map { row, cells in
            BulkRow(number: row, cells: kept.map { cells[$0] }, question: roles.question(cells))
        }
    }

    private static func isSeal(_ text: String) -> Bool {
        text.utf8.count > 40 && (try? QRText.sealBytes(in: text)) != nil
    }
}
