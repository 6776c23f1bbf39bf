import Credential
import Results
import TestSupport
import Testing

@Suite("Results in workbooks")
struct WorkbookSheetTests {
    @Test("the same rows read alike from CSV and from a workbook")
    func sameAsCSV() throws {
        var text = SampleSheet()
        var sheet = WorkbookSheet()
        for number in 1...40 {
            text.append(number: number)
            sheet.append([.theory: .number("75")], number: number)
        }
        sheet.finish()
        let fromText = try readSheet(of: Array(text.text.utf8)).readings
        let fromWorkbook = try readSheet(of: sheet.book.bytes).readings
        #expect(fromText.map(\.result) == fromWorkbook.map(\.result))
        #expect(fromWorkbook.map(\.sheetRow) == Array(2...41))
    }

    @Test("14 a document number in a number cell is refused, whatever its digits")
    func numberCell() throws {
        for number in ["370701200402150000", "3.70701200402151E+17", "370701040215003"] {
            let reading = try readRow([.documentNumber: .number(number)])
            #expect(reading.bin == .rejected)
            #expect(reading.findings.map(\.anomaly) == [14])
        }
    }

    @Test(
        "38 days are counted by the workbook's own system",
        arguments: [
            (false, WorkbookSheet.Value.date("45468"), []), (true, .date("44006"), []), (false, .number("45468"), [38]),
            (true, .number("44006"), [38]),
        ])
    func dates(is1904: Bool, value: WorkbookSheet.Value, anomalies: [Int]) throws {
        let reading = try readRow([.examDate: value], is1904: is1904)
        #expect(reading.result?.examDate == SampleSheet.day("2024-06-25"))
        #expect(reading.findings.map(\.anomaly) == anomalies)
    }

    @Test("38 a serial as text tells no system")
    func serialAsText() throws {
        let reading = try readRow([.examDate: .text("45468")])
        #expect(reading.bin == .quarantined)
        #expect(reading.findings.map(\.anomaly) == [38])
    }

    @Test("34 an error in a score's cell is asked about")
    func errorCell() throws {
        let reading = try readRow([.theory: .error("#N/A")])
        #expect(reading.bin == .quarantined)
        #expect(reading.findings.map(\.anomaly) == [34])
    }

    @Test("52 a formula's saved value is used and noted; without one the row is asked about")
    func formulas() throws {
        let saved = try readRow([.theory: .formula("85")])
        #expect(saved.result?.theory == Score(hundredths: 8500))
        #expect(saved.findings.map(\.code) == ["formula-value"])
        let unsaved = try readRow([.theory: .formula(nil)])
        #expect(unsaved.bin == .quarantined)
        #expect(unsaved.findings.contains { $0.code == "formula-empty" && $0.anomaly == 52 })
    }

    @Test("59 leading zeros that a format shows are kept")
    func zeroPadded() throws {
        var sheet = WorkbookSheet()
        sheet.book.formats = ["0000000000"]
        sheet.append([.studentNumber: .date("23010001")])
        sheet.finish()
        #expect(try readSheet(of: sheet.book.bytes).readings[0].result?.studentNumber == "0023010001")
    }

    @Test("50 rows without a value are none, and rows are counted as the program counts")
    func gaps() throws {
        var sheet = WorkbookSheet()
        sheet.append(number: 1)
        sheet.append(cells: [])
        sheet.append(number: 2)
        sheet.finish()
        let readings = try readSheet(of: sheet.book.bytes).readings
        #expect(readings.map(\.sheetRow) == [2, 4])
        #expect(readings.map(\.bin) == [nil, nil])
    }
}

@Suite("51 What is hidden in a workbook is read, and said")
struct HiddenTests {
    @Test("hidden rows, columns and filters")
    func hidden() throws {
        var sheet = WorkbookSheet()
        sheet.append(number: 1, attributes: "hidden=\"1\"")
        sheet.append(number: 2)
        sheet.finish(
            head: "<cols><col min=\"5\" max=\"5\" hidden=\"1\"/></cols>", tail: "<autoFilter ref=\"A1:S3\"/>")
        let (file, readings) = try readSheet(of: sheet.book.bytes)
        #expect(readings.compactMap(\.result).count == 2)
        #expect(readings.map(\.codes) == [["hidden-row"], []])
        #expect(file.findings.map(\.code) == ["filter-on", "hidden-column"])
        #expect(file.findings.last?.column?.letter == "E")
    }

    @Test("hidden sheets are read like the others; sheets without results are named")
    func sheets() throws {
        var sheet = WorkbookSheet()
        sheet.append(number: 1)
        sheet.finish("一班")
        sheet.append(cells: [.text("说明")])
        sheet.finish("封面")
        sheet.appendHeader()
        sheet.append(number: 2)
        sheet.finish("二班", state: "hidden")
        let (file, readings) = try readSheet(of: sheet.book.bytes)
        #expect(file.tables.map(\.name) == ["一班", "二班"])
        #expect(readings.compactMap(\.result).count == 2)
        #expect(file.findings.map(\.code) == ["sheet-passed-over", "hidden-sheet"])
        #expect(Set(readings.map(\.sheetRow)).count == 2)
        #expect(file.place(ofRow: readings[1].sheetRow).row == 2)
        #expect(file.place(ofRow: readings[1].sheetRow).table.name == "二班")
    }

    @Test("a sheet of results that lacks a column refuses the whole workbook")
    func oneBadSheet() throws {
        var sheet = WorkbookSheet()
        sheet.append(number: 1)
        sheet.finish("一班")
        sheet.appendHeader(["姓名", "证件号码", "级别"])
        sheet.finish("二班")
        let problem = try #require(throws: SheetProblem.self) { _ = try readSheet(of: sheet.book.bytes) }
        #expect(problem.code == .missingHeader)
    }
}

@Suite("49 Merged cells are expanded where that is sure, and asked about or refused where not")
struct MergedTests {
    private static let columns = SampleSheet.header

    private static func letter(_ field: Field) -> String {
        SheetColumn(index: columns.firstIndex(of: field)!, header: "").letter
    }

    private func merged(_ field: Field) throws -> [RowReading] {
        var sheet = WorkbookSheet()
        sheet.append(number: 1)
        sheet.append([field: .nothing], number: 2)
        sheet.append([field: .nothing], number: 3)
        sheet.append(number: 4)
        let letter = Self.letter(field)
        sheet.finish(tail: "<mergeCells><mergeCell ref=\"\(letter)2:\(letter)4\"/></mergeCells>")
        return try readSheet(of: sheet.book.bytes).readings
    }

    @Test("a major over several rows holds for each")
    func major() throws {
        let readings = try merged(.major)
        #expect(readings.map { $0.result?.major } == Array(repeating: "现代物流管理", count: 4))
        #expect(readings.map(\.codes) == [[], ["merged-value"], ["merged-value"], []])
    }

    @Test("a score over several rows is asked about")
    func score() throws {
        let readings = try merged(.theory)
        #expect(readings.map(\.bin) == [nil, .quarantined, .quarantined, nil])
        #expect(readings[1].findings.map(\.anomaly) == [49])
    }

    @Test("a merged two-row header is expanded")
    func header() throws {
        var sheet = WorkbookSheet.empty
        sheet.append(cells: ["姓名", "证件号码", "级别", "成绩", "", "考试日期", "职业名称"].map { .text($0) })
        sheet.append(cells: ["", "", "", "理论", "实操", "", ""].map { .text($0) })
        sheet.append(
            cells: ["张晓丽", SampleSheet.identityNumber(2), "三级/高级工", "75", "80", "2026-06-20", "物流服务师"].map {
                .text($0)
            })
        let vertical = ["A", "B", "C", "F", "G"].map { "<mergeCell ref=\"\($0)1:\($0)2\"/>" }.joined()
        sheet.finish(tail: "<mergeCells>\(vertical)<mergeCell ref=\"D1:E1\"/></mergeCells>")
        let (file, readings) = try readSheet(of: sheet.book.bytes)
        #expect(file.tables[0].headerRow == 2)
        #expect(readings.first?.result?.skill == Score(hundredths: 8000))
    }

    @Test("ranges laid over each other cost no more than the cells they cover")
    func overlapping() throws {
        var sheet = WorkbookSheet()
        for number in 1...300 { sheet.append(number: number) }
        let range = "<mergeCell ref=\"\(Self.letter(.major))2:\(Self.letter(.major))301\"/>"
        sheet.finish(tail: "<mergeCells>" + String(repeating: range, count: 5000) + "</mergeCells>")
        #expect(try readSheet(of: sheet.book.bytes).readings.count == 300)
        var header = WorkbookSheet()
        header.append(number: 1)
        header.finish(
            tail: "<mergeCells>" + String(repeating: "<mergeCell ref=\"A1:IV20\"/>", count: 6000) + "</mergeCells>")
        #expect(throws: SheetProblem.self) { _ = try readSheet(of: header.book.bytes) }
    }

    @Test("a field's header over two columns refuses the file")
    func wideHeader() throws {
        var sheet = WorkbookSheet()
        sheet.append(number: 1)
        let letter = Self.letter(.theory)
        sheet.finish(tail: "<mergeCells><mergeCell ref=\"\(letter)1:\(Self.letter(.skill))1\"/></mergeCells>")
        #expect(throws: SheetProblem.self) { _ = try readSheet(of: sheet.book.bytes) }
    }
}
