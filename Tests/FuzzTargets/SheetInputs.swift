import Credential
import Errors
import Files
import Foundation
import Results
import Spreadsheets
import TestSupport

@testable import Parsing

/// How sheets, tables and archives reach their readers: as open files.
enum SheetInputs {
    private static func file(_ bytes: [UInt8]) -> InputFile {
        // Fails only without memory.
        try! MemoryFile.of(bytes)
    }

    static func readTable(_ bytes: [UInt8]) { _ = try? CSVTable.read(file(bytes), name: "", mostRows: 1000) }

    static func readArchive(_ bytes: [UInt8]) {
        guard let archive = try? ZipArchive(file(bytes)) else { return }
        for part in archive.files.prefix(20) {
            _ = LegacyText.decode(part.name)
            _ = try? archive.bytes(of: part, longest: 1 << 20)
        }
    }

    /// What the product does with a sheet; every row must come back once, with a number of its own.
    static func readSheet(_ bytes: [UInt8]) {
        guard let sheet = try? ResultSheet(file(bytes), name: "", chunkRows: 7) else { return }
        var reader = sheet.reader()
        var lastRow = 0
        while let chunk = try? reader.nextChunk() {
            precondition(chunk.isSound(in: sheet.tables[chunk.table]))
            let readings = interpret(chunk, of: sheet.outline)
            precondition(readings.count == chunk.rowCount)
            for reading in readings {
                precondition(reading.sheetRow > lastRow)
                lastRow = reading.sheetRow
                precondition(reading.findings.allSatisfy { !$0.text.zh.isEmpty && !$0.text.en.isEmpty })
            }
        }
    }

    /// What is read is the one spelling of its rows, and each of them is there once.
    static func readFrozen(_ bytes: [UInt8]) {
        guard let frozen = try? FrozenSheet(bytes) else { return }
        precondition(frozen.bytes == bytes)
        var reader = frozen.sheet.reader()
        var rows: [Int] = []
        while let chunk = try? reader.nextChunk() { rows += interpret(chunk, of: frozen.sheet.outline).map(\.sheetRow) }
        precondition(rows.count == frozen.rowCount && rows == rows.sorted() && Set(rows).count == rows.count)
    }

    static func frozenSeed() throws -> [UInt8] {
        let rows: [FrozenRow] = [("甲", 0), ("乙", 9)].flatMap { (table: String, base: Int) -> [FrozenRow] in
            (2...4).map { row in
                FrozenRow(
                    table: table, rowBase: base, mark: row == 3 ? .absent : nil,
                    result: ExamResult(
                        sheetRow: base + row, name: "张,晓\"丽", sex: .female,
                        document: IdentityDocument(kind: .residentIDCard, number: SampleSheet.identityNumber(row)),
                        occupationName: "物流服务师", occupationCode: "4-02-06-03", level: .seniorWorker,
                        theory: Score(hundredths: 7550), skill: Score(hundredths: 8000),
                        examDate: CalendarDate(daysSinceEpoch: 20_000)),
                    answer: row == 4 ? FrozenRow.Answer(rules: ["name-length"], reason: "属实", account: "0f") : nil)
            }
        }
        return try FrozenSheet(rows).bytes
    }

    @discardableResult
    static func interpret(_ chunk: SheetChunk, of outline: SheetOutline) -> [RowReading] {
        let sheet = ResultSheet(outline, rows: NoRows())
        return RowInterpreter(sheet, today: CalendarDate(daysSinceEpoch: 20_000)).interpret(chunk)
    }

    private struct NoRows: SheetOpener {
        func open() -> any ChunkSource { fatalError("nobody reads these rows again") }
    }

    /// Parts in the order of their importance, divided by 0xFF, which no XML in UTF-8 has.
    static func workbook(_ bytes: [UInt8]) -> [UInt8] {
        let given = FuzzTarget.parts(bytes)
        var zip = StoredZip()
        for (index, (name, xml)) in parts.enumerated() {
            zip.add(name, index < given.count && !given[index].isEmpty ? given[index] : Array(xml.utf8))
        }
        return zip.bytes
    }

    private static let parts: [(String, String)] = {
        var workbook = TestWorkbook()
        workbook.sharedStrings = ["<t>姓名</t>", "<t>张三</t>"]
        workbook.formats = ["yyyy-mm-dd", "0%", "00000"]
        workbook.add("甲", data: "")
        workbook.add("乙", data: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")
        return workbook.parts.sorted { a, _ in a.0.hasSuffix("sheet0.xml") }
    }()
}
