import Credential
import Eligibility
import Errors
import Parsing
import Results

/// A list of students by which names are compared; read for one command and kept nowhere.
package enum RosterFile {
    package static func read(_ path: String, by workers: ParsingPool) throws -> Roster {
        let table = try TableFile.read(path, by: workers)
        func column(_ field: Field) throws -> Int {
            guard let index = table.header.firstIndex(where: { Field(header: $0) == field }) else {
                throw Refusal(
                    .refused, zh: "\(path) 没有列 \(field.header)；名册需要 姓名 和 证件号码 两列",
                    en: "\(path) has no column \(field.header); a roster needs 姓名 and 证件号码")
            }
            return index
        }
        let (name, number) = (try column(.name), try column(.documentNumber))
        return Roster(table.rows.map { ($0.cells[number].uppercased(), $0.cells[name]) })
    }
}
