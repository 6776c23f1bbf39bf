import Credential
import Results

/// Rows of a result sheet, sound unless told otherwise.
package struct SampleSheet {
    package static let header: [Field] = [
        .serial, .name, .sex, .documentKind, .documentNumber, .studentNumber, .department, .major, .admissionTicket,
        .occupationName, .occupationCode, .specialisation, .level, .theory, .skill, .review, .statedOutcome, .examDate,
        .remark,
    ]
    package static let today = day("2026-11-24")

    package var delimiter = ","
    package var lineEnd = "\n"
    package var lines: [String] = [header.map(\.header).joined(separator: ",")]

    package static func day(_ text: String) -> CalendarDate {
        // Tests write existing days.
        CalendarDate(iso8601: text)!
    }

    package static func sound(_ number: Int = 1) -> [Field: String] {
        [
            .serial: String(number), .name: "张晓丽", .sex: "女", .documentKind: "居民身份证",
            .documentNumber: identityNumber(number * 2), .studentNumber: "20230\(1000 + number)", .department: "经贸学院",
            .major: "现代物流管理", .admissionTicket: "2606\(10000 + number)", .occupationName: "物流服务师",
            .occupationCode: "4-02-06-03", .specialisation: "冷链物流员", .level: "三级/高级工", .theory: "75",
            .skill: "80.5", .statedOutcome: "合格", .examDate: "2026-06-20",
        ]
    }

    /// A number that belongs to nobody: its area is a city's districts as a whole. Women's
    /// sequences are even.
    package static func identityNumber(_ sequence: Int, area: String = "370701", birth: String = "20040215") -> String {
        let tail = String(1000 + sequence % 1000).suffix(3)
        let digits = (area + birth + tail).utf8.map { Int($0) - 0x30 }
        return area + birth + tail + String(UnicodeScalar(ResidentIDNumber.checkCharacter(for: digits)))
    }

    package mutating func append(_ cells: [Field: String] = [:], number: Int = 1) {
        let row = Self.sound(number).merging(cells) { $1 }
        lines.append(Self.header.map { row[$0] ?? "" }.joined(separator: ","))
    }

    package init() {}

    package var text: String { lines.map { $0 + lineEnd }.joined() }
}
