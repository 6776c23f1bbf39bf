import Credential
import Results
import TestSupport
import Testing

/// What is mended in place is judged like a sheet that says so itself.
@Suite("Changes laid over a sheet")
struct OverlayTests {
    private static let texts = [
        "", "张晓丽", "王,\"小\"明", "缺考", "59.5", "101", " 88 ", "2026-06-31", "\"", "=1+1", "合计", "370701200402151005",
        "三级/高级工", "姓\n名",
    ]

    private struct Change {
        let row: Int
        let column: Int
        let text: String
    }

    private static func changes(_ random: inout SeededRandom, rows: Int) -> [Change] {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
            Change(
                row: Int.random(in: 2...(rows + 1), using: &random),
                column: Int.random(in: 0..<SampleSheet.header.count, using: &random),
                text: texts.randomElement(using: &random)!)
        }
    }

    private static func overlay(_ changes: [Change], leftOut: Set<Int>) -> SheetOverlay {
        var overlay = SheetOverlay()
        for change in changes { overlay[0, change.row].cells[change.column] = change.text }
        for row in leftOut { overlay[0, row].isLeftOut = true }
        return overlay
    }

    private static func readings(of bytes: [UInt8], _ overlay: SheetOverlay, chunkRows: Int) throws -> [RowReading] {
        let file = try TemporaryFile(bytes)
        let sheet = try ResultSheet(path: file.path, chunkRows: chunkRows).overlaid(with: overlay)
        var reader = sheet.reader()
        var readings: [RowReading] = []
        while let chunk = try reader.nextChunk() {
            readings += RowInterpreter(sheet, today: SampleSheet.today).interpret(chunk)
        }
        return readings
    }

    private static func described(_ readings: [RowReading]) -> [String] {
        readings.map { "\($0.sheetRow) \($0.content) \($0.codes)" }
    }

    private static func quoted(_ cell: String) -> String { "\"" + cell.replacing("\"", with: "\"\"") + "\"" }

    /// Rows as cells, some of them peculiar.
    private static func rows(_ count: Int) -> [[String]] {
        (1...count).map { number in
            var row = SampleSheet.sound(number)
            if number % 5 == 0 { row[.remark] = "补考, 第二次" }
            if number % 7 == 0 { row[.name] = "张\"晓\"丽" }
            return SampleSheet.header.map { row[$0] ?? "" }
        }
    }

    private static func csv(_ rows: [[String]]) -> [UInt8] {
        let lines = [SampleSheet.header.map(\.header)] + rows
        return Array(lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined().utf8)
    }

    private static func workbook(_ rows: [[String]]) -> [UInt8] {
        var sheet = WorkbookSheet()
        for row in rows {
            sheet.append(cells: row.map { .text($0.replacing("\"", with: "&quot;").replacing("\n", with: "&#10;")) })
        }
        sheet.finish()
        return sheet.book.bytes
    }

    @Test("A sheet with changes reads like the sheet that has them", arguments: [1, 2, 3, 4], [false, true])
    func same(_ seed: UInt64, isWorkbook: Bool) throws {
        var random = SeededRandom(state: seed)
        let write = isWorkbook ? Self.workbook : Self.csv
        for _ in 0..<25 {
            let rows = Self.rows(20)
            let changes = Self.changes(&random, rows: rows.count)
            let leftOut = Set((0..<2).map { _ in Int.random(in: 2...21, using: &random) })
            var rewritten = rows
            for change in changes { rewritten[change.row - 2][change.column] = change.text }
            // A blank row keeps its place; a workbook's is not a record at all.
            for row in leftOut { rewritten[row - 2] = rewritten[row - 2].map { _ in "" } }
            let chunkRows = isWorkbook ? 100 : 6
            let overlaid = try Self.readings(
                of: write(rows), Self.overlay(changes, leftOut: leftOut), chunkRows: chunkRows
            ).filter { !leftOut.contains($0.sheetRow) || $0.bin != .skipped }
            let whole = try Self.readings(of: write(rewritten), SheetOverlay(), chunkRows: chunkRows)
                .filter { !leftOut.contains($0.sheetRow) }
            #expect(Self.described(overlaid) == Self.described(whole))
            #expect(overlaid.map(\.sheetRow) == (2...21).filter { !leftOut.contains($0) })
            // The control: without the changes it reads differently.
            let plain = try Self.readings(of: write(rows), SheetOverlay(), chunkRows: chunkRows)
            #expect(Self.described(plain) != Self.described(overlaid))
        }
    }

    @Test("Cells that nobody changed keep what a workbook says of them")
    func flags() throws {
        var sheet = WorkbookSheet()
        sheet.append([.theory: .formula("75"), .examDate: .date("46193")], attributes: "hidden=\"1\"")
        sheet.finish()
        var overlay = SheetOverlay()
        overlay[0, 2].cells[1] = "王小明"
        let mended = try Self.readings(of: sheet.book.bytes, overlay, chunkRows: 10)
        let plain = try Self.readings(of: sheet.book.bytes, SheetOverlay(), chunkRows: 10)
        #expect(mended[0].codes == plain[0].codes && plain[0].codes.contains("hidden-row"))
        #expect("\(mended[0].content)".contains("王小明"))
        // A mended cell is what was typed, and no formula.
        overlay[0, 2].cells[13] = "75"
        let typed = try Self.readings(of: sheet.book.bytes, overlay, chunkRows: 10)
        #expect(plain[0].codes.contains("formula-value") && !typed[0].codes.contains("formula-value"))
    }
}
