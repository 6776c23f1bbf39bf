import Credential
import Errors
import TestSupport
import Testing

@testable import Results

@Suite("Frozen sheets")
struct FrozenSheetTests {
    private static let texts = ["", "张晓丽", "a,b", "\"", "x\"\"y", "补\n考", "=1", " ", "e\u{301}", "，"]

    private static func rows(_ seed: UInt64) -> [FrozenRow] {
        var random = SeededRandom(state: seed)
        func text() -> String { texts.randomElement(using: &random)! }
        func score() -> Score? {
            Bool.random(using: &random) ? Score(hundredths: Int.random(in: 0...10_000, using: &random)) : nil
        }
        let bases = [(nil, 0), ("一班, 甲", 40), ("二班", 90)] as [(String?, Int)]
        return bases.flatMap { name, base in
            (1...Int.random(in: 1...30, using: &random)).map { row in
                FrozenRow(
                    table: name, rowBase: base,
                    mark: [nil, nil, .absent, .pending, .void].randomElement(using: &random)!,
                    result: ExamResult(
                        sheetRow: base + row, name: text(), sex: [nil, .male, .female].randomElement(using: &random)!,
                        document: IdentityDocument(
                            kind: IdentityDocument.Kind.allCases.randomElement(using: &random)!, number: text()),
                        studentNumber: text(), department: text(), major: text(), admissionTicket: text(),
                        occupationName: text(), occupationCode: text(), specialisation: Bool.random() ? nil : "工种",
                        level: SkillLevel.allCases.randomElement(using: &random)!, theory: score(), skill: score(),
                        review: score(), examDate: CalendarDate(daysSinceEpoch: row * 100),
                        statedOutcome: [nil, .passed, .failed].randomElement(using: &random)!, remark: text(),
                        institutionCode: text(), isResit: Bool.random(using: &random)),
                    answer: row % 9 == 0
                        ? FrozenRow.Answer(rules: ["name-length", "b"], reason: text(), account: "00ff") : nil)
            }
        }
    }

    private static func readings(of sheet: FrozenSheet) throws -> [RowReading] {
        var reader = sheet.sheet.reader()
        var readings: [RowReading] = []
        while let chunk = try reader.nextChunk() {
            #expect(chunk.rowCount > 0)
            readings += RowInterpreter(sheet.sheet, today: SampleSheet.today).interpret(chunk)
        }
        return readings
    }

    @Test("What is written is read as it was, and written again to the byte", arguments: 1...40 as ClosedRange<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        let rows = Self.rows(seed)
        let written = try FrozenSheet(rows)
        let read = try FrozenSheet(written.bytes)
        #expect(read.bytes == written.bytes && read.rowCount == rows.count)
        #expect(
            read.answers == Dictionary(uniqueKeysWithValues: rows.compactMap { r in r.answer.map { (r.sheetRow, $0) } })
        )
        let readings = try Self.readings(of: read)
        #expect(readings.map { "\($0.sheetRow) \($0.content)" } == rows.map { "\($0.sheetRow) \($0.reading.content)" })
        for row in rows {
            let (table, number) = read.sheet.place(ofRow: row.sheetRow)
            #expect(table.name == row.table && number == row.sheetRow - row.rowBase)
        }
    }

    @Test("Any byte more, less or other is refused, or is the one spelling of other rows")
    func strict() throws {
        let rows = Self.rows(7)
        let bytes = try FrozenSheet(rows).bytes
        var (refused, tried) = (0, 0)
        for place in stride(from: 0, to: bytes.count, by: 17) {
            for other in [UInt8(ascii: "x"), Byte.quote, Byte.comma, Byte.lineFeed, Byte.carriageReturn, 0xFF] {
                var changed = bytes
                tried += 1
                changed[place] = other
                do {
                    let sheet = try FrozenSheet(changed)
                    #expect(sheet.bytes == changed)
                } catch { refused += 1 }
            }
            // What is cut off is seen, but for whole rows, which the digest guards.
            let start = Array(bytes[..<place])
            let cut = try? FrozenSheet(start)
            #expect(cut == nil || start.last == Byte.lineFeed && (cut?.rowCount ?? 0) < rows.count)
        }
        #expect(refused > tried / 3 && refused < tried)
        for start in [[0xEF, 0xBB, 0xBF], [0x0A], [0x20]] as [[UInt8]] {
            #expect(throws: Refusal.self) { try FrozenSheet(start + bytes) }
        }
        #expect(throws: Refusal.self) { try FrozenSheet(bytes + [0x0A]) }
    }

    @Test("Rows out of order, twice, or of tables that run into each other are refused")
    func order() throws {
        let rows = Self.rows(3)
        #expect(throws: Refusal.self) { try FrozenSheet(rows.reversed()) }
        #expect(throws: Refusal.self) { try FrozenSheet([rows[0], rows[0]]) }
        let other = FrozenRow(table: "甲", rowBase: 0, mark: nil, result: rows[1].result)
        #expect(throws: Refusal.self) { try FrozenSheet([rows[0], other]) }
        #expect(try FrozenSheet([FrozenRow]()).rowCount == 0)
        #expect(try FrozenSheet(FrozenSheet([FrozenRow]()).bytes).rowCount == 0)
    }

    @Test("A worker cannot say that it read a frozen sheet")
    func foreign() throws {
        let outline = try FrozenSheet(Self.rows(2)).sheet.outline
        #expect(!outline.isSound)
    }
}
