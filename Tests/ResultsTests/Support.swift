import Credential
import Files
import Glibc
import Results
import TestSupport
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

/// The reading of one row of a workbook.
func readRow(_ values: [Field: WorkbookSheet.Value], is1904: Bool = false) throws -> RowReading {
    var sheet = WorkbookSheet()
    sheet.book.is1904 = is1904
    sheet.append(values)
    sheet.finish()
    return try readSheet(of: sheet.book.bytes).readings[0]
}
