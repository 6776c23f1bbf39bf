import Credential
import Results
import TestSupport
import Testing

@Suite struct DateTests {
    @Test(
        "37 dates are rewritten",
        arguments: [
            "2024年6月30日", "2024/6/30", "2024.06.30", "20240630", "2024-6-30", "2024/06/30 00:00:00", "２０２４－０６－３０",
            "2024 年 6 月 30 日", "2024-06-30T00:00:00",
        ])
    func mended(text: String) throws {
        let reading = try readRow([.examDate: text])
        #expect(reading.result?.examDate == SampleSheet.day("2024-06-30"))
        #expect(reading.codes.contains("date-mended") && reading.findings.allSatisfy { $0.severity == .fixed })
    }

    @Test(
        "38, 39 what can be read in two ways is asked about",
        arguments: [
            ("24/6/7", "date-ambiguous"), ("30/06/2024", "date-ambiguous"), ("45473", "date-serial"),
            ("2024-02-30", "date-unreadable"), ("2024年6月", "date-without-day"), ("六月", "date-unreadable"),
            ("2024-06-30-1", "date-unreadable"), ("240630", "date-ambiguous"), ("-", "date-unreadable"),
        ])
    func ambiguous(text: String, code: String) throws {
        let reading = try readRow([.examDate: text])
        #expect(reading.bin == .quarantined && reading.codes == [code])
    }

    @Test("40 an exam in the future is rejected, today's is not")
    func future() throws {
        let reading = try readRow([.examDate: "2026-11-25"])
        #expect(reading.bin == .rejected && reading.codes == ["exam-in-future"])
        let onTheDay = try readRow([.examDate: "2026-11-24"])
        #expect(onTheDay.result != nil)
    }

    @Test("a missing date is asked about")
    func missing() throws {
        #expect(try readRow([.examDate: ""]).codes == ["missing-value"])
    }
}
