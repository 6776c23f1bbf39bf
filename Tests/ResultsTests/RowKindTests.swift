import Results
import TestSupport
import Testing

@Suite struct RowKindTests {
    private func read(_ line: String) throws -> RowReading {
        let (_, readings) = try readSheet(of: Array((SampleSheet().text + line + "\n").utf8))
        return try #require(readings.first)
    }

    @Test(
        "50 rows that are no candidate's are skipped",
        arguments: [
            (",,,,,,,,,,,,,,,,,,", nil), ("", nil), ("37,,,,,,,,,,,,,,,,,,", nil),
            ("合 计,,,,,,,,,,,,,75,80,,,,", "total-row"),
            ("制表人：某某,,,,,审核人：某某,,,,,,,,,,,,,", "signature-row"), ("说明：以上成绩已公示,,,,,,,,,,,,,,,,,,", "note-row"),
            (SampleSheet().lines[0], "repeated-header"),
        ] as [(String, String?)])
    func skipped(line: String, code: String?) throws {
        let reading = try read(line)
        #expect(reading.bin == .skipped && reading.codes == [code].compactMap { $0 })
    }

    @Test("50 an incomplete candidate is never skipped")
    func incomplete() throws {
        for cells in [[Field.documentNumber: ""], [.documentNumber: "", .name: "合计"], [.level: "", .name: "合计"]] {
            #expect(try readRow(cells).bin == .quarantined)
        }
        #expect(try read(",张晓丽,,,,,,,,,,,,,,,,,").bin == .quarantined)
    }
}
