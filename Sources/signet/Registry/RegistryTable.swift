import Credential
import Results

/// A registry file, read by column names.
struct RegistryTable {
    struct Row {
        fileprivate let path: String
        fileprivate let number: Int
        fileprivate let cells: [String: String]

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
            guard let day = CalendarDate(iso8601: text) else {
                throw refused(column, "is not a day such as 2026-06-24")
            }
            return day
        }

        func refused(_ column: RegistryColumn, _ what: String) -> CommandFailure {
            CommandFailure(
                .inputRefused, "\(path), row \(number), column \(column.rawValue): \(what); nothing was imported")
        }
    }

    let rows: [Row]

    init(path: String, columns: [RegistryColumn]) throws {
        let table = try CSVTable.read(path: path)
        for column in columns where !table.header.contains(column.rawValue) {
            throw CommandFailure(
                .inputRefused,
                "\(path) has no column \(column.rawValue); it has: \(table.header.joined(separator: ", "))")
        }
        rows = table.rows.map { row, cells in
            Row(path: path, number: row, cells: Dictionary(zip(table.header, cells)) { first, _ in first })
        }
    }
}

enum RegistryColumn: String {
    case institutionCode = "机构代码"
    case institutionName = "机构名称"
    case nameFrom = "名称起始"
    case numberPrefix = "编号前缀"
    case phone = "电话"
    case website = "网址"
    case occupationCode = "职业编码"
    case occupationName = "职业名称"
    case level = "级别"
    case filedFrom = "备案起始"
    case filedTo = "备案截止"
}
