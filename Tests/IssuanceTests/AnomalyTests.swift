import Credential
import Eligibility
import Errors
import Foundation
import Issuance
import Results
import Store
import TestSupport
import Testing

/// A workbook with the rows of some anomalies among sound ones, and where each planted row must end.
private struct PlantedWorkbook {
    var sheet = WorkbookSheet()
    var expected: [(row: Int, anomaly: Anomaly, bin: Bin)] = []
    private var row = 1
    private var person = 0

    mutating func plant(_ anomaly: Anomaly) {
        let first = person + 1
        for (cells, bin) in anomaly.rows {
            person = anomaly.isOnePerson ? first : person + 1
            row += 1
            sheet.append(cells, number: person)
            expected.append((row, anomaly, bin))
        }
    }
}

@Suite("The table of anomalies, row by row")
struct AnomalyTests {
    private static let roster = Roster(
        (1...400).map { (SampleSheet.identityNumber($0 * 2), $0 == 1 ? "张晓丽" : "张晓丽") })

    @Test("each anomaly is handled as the table says", arguments: Anomaly.all)
    func handling(anomaly: Anomaly) async throws {
        var desk = try await PlantedDesk()
        if anomaly.number == 7 { desk.roster = Self.roster }
        var planted = PlantedWorkbook()
        planted.plant(anomaly)
        planted.sheet.finish()
        let bins = try await desk.bins(planted.sheet.book.bytes)
        for (row, _, bin) in planted.expected { #expect(bins[row] == bin, "row \(row)") }
        // Legitimate ones (22, 25, 28, 48) and those kept as they are (3) are no findings.
        guard ![3, 22, 25, 28, 35, 48, 30, 27].contains(anomaly.number) else { return }
        let findings = try await desk.plan(planted.sheet.book.bytes).findings
        #expect(findings.contains { $0.anomaly == anomaly.number }, "\(findings.map(\.code))")
    }

    @Test("all of them in one workbook: every row ends in its bin, and the bins add up")
    func together() async throws {
        let desk = try await PlantedDesk()
        var planted = PlantedWorkbook()
        for anomaly in Anomaly.all where anomaly.number != 7 { planted.plant(anomaly) }
        planted.sheet.finish()
        let bins = try await desk.bins(planted.sheet.book.bytes)
        for (row, anomaly, bin) in planted.expected { #expect(bins[row] == bin, "\(anomaly), row \(row)") }
        #expect(bins.count == planted.expected.count)
    }

    @Test("every number of the table is planted or tested as a file")
    func complete() {
        let numbers = Set(Anomaly.all.map(\.number)).union(AnomalyFileTests.numbers)
        #expect(numbers == Set(1...59))
    }
}

@Suite("Anomalies of whole files, and of what came before")
struct AnomalyFileTests {
    static let numbers: Set<Int> = [1, 2, 26, 35, 49, 51, 53, 54, 55, 56, 57, 58]

    private func sheet(_ rows: Int = 3, _ change: (inout SampleSheet) -> Void = { _ in }) -> SampleSheet {
        var sheet = SampleSheet()
        for number in 1...rows { sheet.append(number: number) }
        change(&sheet)
        return sheet
    }

    @Test("1 2 encodings and marks give the same plan")
    func encodings() async throws {
        let desk = try await PlantedDesk()
        let text = sheet().text
        let plain = try await desk.plan(Array(text.utf8)).plan
        let marked = try await desk.plan([0xEF, 0xBB, 0xBF] + Array(text.utf8))
        let utf16 = try await desk.plan(
            [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
        #expect(plain.digest == marked.plan.digest && plain.digest == utf16.plan.digest)
        #expect(marked.findings.map(\.anomaly) == [2])
    }

    @Test("35 swapped columns are bound by their headers")
    func swapped() async throws {
        let desk = try await PlantedDesk()
        let header = SampleSheet.header
        var lines = sheet().text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let plain = try await desk.plan(Array(sheet().text.utf8)).plan
        let (theory, skill) = (header.firstIndex(of: .theory)!, header.firstIndex(of: .skill)!)
        for i in lines.indices { lines[i].swapAt(theory, skill) }
        let text = lines.map { $0.joined(separator: ",") }.joined(separator: "\n")
        #expect(try await desk.plan(Array(text.utf8)).plan.digest == plain.digest)
    }

    @Test(
        "53 a count that differs from the declared one refuses the file",
        arguments: [
            ("共 4 人,", nil as Int?), ("考生人数：4,", nil), ("", 4),
        ])
    func declared(title: String, count: Int?) async throws {
        let desk = try await PlantedDesk()
        let text = (title.isEmpty ? "" : title + "\n") + sheet().text
        let problem = await #expect(throws: SheetProblem.self) {
            _ = try await desk.plan(Array(text.utf8), declaredCount: count)
        }
        #expect(problem?.code == .countDiffers)
        // The control: the true number is accepted.
        let right = text.replacingOccurrences(of: "4 人", with: "3 人").replacingOccurrences(of: "：4", with: "：3")
        let plan = try await desk.plan(Array(right.utf8), declaredCount: count.map { _ in 3 }).plan
        #expect(plan.bins[.issued] == 3)
    }

    @Test("53 a row of totals counts, and a cover sheet")
    func totals() async throws {
        let desk = try await PlantedDesk()
        for (count, isRight) in [(3, true), (2, false)] {
            let total = "合计 \(count) 人" + String(repeating: ",", count: SampleSheet.header.count - 1) + "\n"
            let text = Array((sheet().text + total).utf8)
            if isRight {
                #expect(try await desk.plan(text).plan.bins[.skipped] == 1)
            } else {
                await #expect(throws: SheetProblem.self) { _ = try await desk.plan(text) }
            }
            var book = WorkbookSheet.empty
            book.append(cells: [.text("考生人数"), .number(String(count))])
            book.finish("封面")
            book.appendHeader()
            for number in 1...3 { book.append(number: number) }
            book.finish("成绩")
            if isRight {
                #expect(try await desk.plan(book.book.bytes).plan.bins[.issued] == 3)
            } else {
                await #expect(throws: SheetProblem.self) { _ = try await desk.plan(book.book.bytes) }
            }
        }
    }

    @Test("49 a header that is merged in a way that leaves something open refuses the file")
    func mergedHeader() async throws {
        let desk = try await PlantedDesk()
        var book = WorkbookSheet()
        book.append(number: 1)
        book.finish(tail: "<mergeCells><mergeCell ref=\"N1:O1\"/></mergeCells>")
        await #expect(throws: SheetProblem.self) { _ = try await desk.plan(book.book.bytes) }
    }

    @Test("51 hidden rows and sheets are read, and said")
    func hidden() async throws {
        let desk = try await PlantedDesk()
        var book = WorkbookSheet()
        book.append(number: 1, attributes: "hidden=\"1\"")
        book.finish("一", state: "hidden")
        let (plan, findings) = try await desk.plan(book.book.bytes)
        #expect(plan.bins[.issued] == 1)
        #expect(findings.map(\.code) == ["hidden-sheet", "hidden-row"])
    }

    @Test("24 rows of two worksheets are compared, and named by their sheets")
    func acrossSheets() async throws {
        let desk = try await PlantedDesk()
        var book = WorkbookSheet()
        book.append(number: 1)
        book.append(number: 2)
        book.finish("一班")
        book.appendHeader()
        book.append([.theory: .text("91")], number: 2)
        book.finish("二班")
        let (plan, findings) = try await desk.plan(book.book.bytes)
        #expect(plan.bins[.issued] == 1 && plan.bins[.quarantined] == 2)
        #expect(findings.map(\.row) == [3, 2])
        #expect(findings[0].text.zh.hasSuffix("（参见工作表“二班”第 2 行）"))
        #expect(findings[1].text.en.hasPrefix("Sheet \"二班\", row 2:"))
    }

    @Test("55 what begins like a formula is neutralised in what is written")
    func formulas() {
        var writer = CSVWriter(byteOrderMark: false)
        writer.append(["=1+1", "+1", "-1", "@a", "--", "安全"])
        #expect(String(decoding: writer.take(), as: UTF8.self) == "'=1+1,'+1,'-1,'@a,--,安全\r\n")
    }

    @Test("56 a missing header refuses the file and is named")
    func missingHeader() async throws {
        let desk = try await PlantedDesk()
        let text = sheet().text.replacingOccurrences(of: "证件号码", with: "号")
        let problem = await #expect(throws: SheetProblem.self) { _ = try await desk.plan(Array(text.utf8)) }
        #expect(problem?.code == .missingHeader && problem?.text.zh.contains("证件号码") == true)
    }

    @Test(
        "57 what is no sheet is refused in one sentence, and nothing is read",
        arguments: [
            ([0xD0, 0xCF, 0x11, 0xE0], SheetProblem.Code.oldWorkbook), (Array("<html><table>".utf8), .notText),
            (Array("PK\u{3}\u{4}".utf8), .damagedWorkbook),
        ])
    func disguised(bytes: [UInt8], code: SheetProblem.Code) async throws {
        let desk = try await PlantedDesk()
        let problem = await #expect(throws: SheetProblem.self) { _ = try await desk.plan(bytes) }
        #expect(problem?.code == code)
    }

    @Test("58 serials that run out stop the numbering; the year is the award's")
    func serials() throws {
        let scheme = try NumberScheme(institutionPrefix: "Y000037000001")
        let series = try scheme.series(year: 2026, level: .seniorWorker)
        #expect(try NumberScheme.number(series: series, serial: 999_999).text == "Y000037000001263999999")
        #expect(throws: NumberScheme.Problem.self) { _ = try NumberScheme.number(series: series, serial: 1_000_000) }
        #expect(try scheme.series(year: 2027, level: .seniorWorker) != series)
    }
}
