import Credential
import Glibc
import Results
import TestSupport

// Built only when SIGNET_FUZZ is set; dev/fuzz runs it.

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// libFuzzer calls this in place of main.
@_cdecl("FuzzSheets_main")
public func fuzzSheets(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
    var count = count
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
    return runFuzzer(&count, &arguments, fuzzOne)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ length: Int) -> Int32 {
    read(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
}

/// The first byte tells how the rest reaches the readers: as the file itself, or as the parts of a workbook, so
/// that checksums do not stand in the way.
private func read(_ input: [UInt8]) {
    guard let form = input.first else { return }
    let rest = Array(input.dropFirst())
    let path = "/dev/shm/signet-fuzz-\(getpid())"
    write(form & 1 == 0 ? rest : workbook(rest), to: path)
    do throws(SheetProblem) {
        try readSheet(path)
    } catch {}
    do throws(SheetProblem) {
        _ = try CSVTable.read(path: path)
    } catch {}
}

/// What the product does with a sheet; every row must come back once, with a number of its own.
private func readSheet(_ path: String) throws(SheetProblem) {
    let sheet = try ResultSheet(path: path, chunkRows: 7)
    let interpreter = RowInterpreter(sheet, today: CalendarDate(daysSinceEpoch: 20_000))
    var reader = sheet.reader()
    var lastRow = 0
    while let chunk = try reader.nextChunk() {
        let readings = interpreter.interpret(chunk)
        precondition(readings.count == chunk.rowCount)
        for reading in readings {
            precondition(reading.sheetRow > lastRow)
            lastRow = reading.sheetRow
            precondition(reading.findings.allSatisfy { !$0.chinese.isEmpty && !$0.english.isEmpty })
        }
    }
}

/// Parts in the order of their importance, divided by 0xFF, which no XML in UTF-8 has.
private func workbook(_ bytes: [UInt8]) -> [UInt8] {
    let parts = bytes.split(separator: 0xFF, omittingEmptySubsequences: false).map(Array.init)
    var zip = StoredZip()
    for (index, (name, xml)) in FuzzWorkbook.parts.enumerated() {
        zip.add(name, index < parts.count && !parts[index].isEmpty ? parts[index] : Array(xml.utf8))
    }
    return zip.bytes
}

private enum FuzzWorkbook {
    static let parts: [(String, String)] = {
        var workbook = TestWorkbook()
        workbook.sharedStrings = ["<t>姓名</t>", "<t>张三</t>"]
        workbook.formats = ["yyyy-mm-dd", "0%", "00000"]
        workbook.add("甲", data: "")
        workbook.add("乙", data: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")
        return workbook.parts.sorted { a, _ in a.0.hasSuffix("sheet0.xml") }
    }()
}

private func write(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(descriptor >= 0)
    defer { close(descriptor) }
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
}
