import Credential
import Glibc
import Results
import Testing

/// A file that is removed with its owner.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8]) throws {
        var template = Array("/tmp/signet-results-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            try #require(count > 0)
            written += count
        }
        close(descriptor)
    }

    deinit { unlink(path) }
}

/// Rows of a result sheet, sound unless told otherwise.
struct SampleSheet {
    static let header: [Field] = [
        .serial, .name, .sex, .documentKind, .documentNumber, .studentNumber, .department, .major, .admissionTicket,
        .occupationName, .occupationCode, .specialisation, .level, .theory, .skill, .review, .statedOutcome, .examDate,
        .remark,
    ]
    static let today = day("2026-11-24")

    var delimiter = ","
    var lineEnd = "\n"
    var lines: [String] = [header.map(\.header).joined(separator: ",")]

    static func day(_ text: String) -> CalendarDate {
        // Tests write existing days.
        CalendarDate(iso8601: text)!
    }

    static func sound(_ number: Int = 1) -> [Field: String] {
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
    static func identityNumber(_ sequence: Int, area: String = "370701", birth: String = "20040215") -> String {
        let tail = String(1000 + sequence % 1000).suffix(3)
        let digits = (area + birth + tail).utf8.map { Int($0) - 0x30 }
        return area + birth + tail + String(UnicodeScalar(ResidentIDNumber.checkCharacter(for: digits)))
    }

    mutating func append(_ cells: [Field: String] = [:], number: Int = 1) {
        let row = Self.sound(number).merging(cells) { $1 }
        lines.append(Self.header.map { row[$0] ?? "" }.joined(separator: ","))
    }

    var text: String { lines.map { $0 + lineEnd }.joined() }
}

/// Every reading of a file, and the sheet it came from.
func readSheet(
    of bytes: [UInt8], chunkRows: Int = 2000
) throws -> (sheet: ResultSheet, readings: [RowReading]) {
    let file = try TemporaryFile(bytes)
    let sheet = try ResultSheet(path: file.path, chunkRows: chunkRows)
    var reader = sheet.reader()
    let interpreter = RowInterpreter(sheet, today: SampleSheet.today)
    var readings: [RowReading] = []
    while let chunk = try reader.nextChunk() { readings += interpreter.interpret(chunk) }
    return (sheet, readings)
}

/// The reading of one row that is sound but for the cells given.
func readRow(_ cells: [Field: String]) throws -> RowReading {
    var sheet = SampleSheet()
    sheet.append(cells)
    let (_, readings) = try readSheet(of: Array(sheet.text.utf8))
    try #require(readings.count == 1)
    return readings[0]
}

extension RowReading {
    var result: ExamResult? {
        if case .result(let result) = content { result } else { nil }
    }

    var bin: Bin? {
        switch content {
        case .result: nil
        case .asked: .quarantined
        case .unmarked(let bin, _): bin
        case .binned(let bin): bin
        }
    }

    var codes: [String] { findings.map(\.code) }
}

/// SplitMix64, so that a failing case can be repeated.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// What a program of another age would have written.
func gb18030(_ text: String) throws -> [UInt8] {
    let converter = iconv_open("GB18030", "UTF-8")
    try #require(converter != iconv_t(bitPattern: -1))
    defer { iconv_close(converter) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 2 + 8)
    let left = input.withUnsafeMutableBytes { input in
        output.withUnsafeMutableBytes { output in
            var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
            var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
            var (inLeft, outLeft) = (input.count, output.count)
            _ = iconv(converter, &from, &inLeft, &to, &outLeft)
            return (inLeft, outLeft)
        }
    }
    try #require(left.0 == 0)
    return Array(output.dropLast(left.1))
}
