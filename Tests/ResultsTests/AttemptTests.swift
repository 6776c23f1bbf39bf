import Credential
import Results
import Testing

@Suite struct AttemptTests {
    @Test("27 absent is not zero")
    func absent() throws {
        #expect(try readRow([.theory: "缺考", .skill: "缺考", .statedOutcome: ""]).bin == .absent)
        #expect(try readRow([.theory: "缺考", .skill: "80", .statedOutcome: ""]).bin == .absent)
        #expect(try readRow([.theory: "", .skill: "", .statedOutcome: "", .remark: "因病缺考"]).bin == .absent)
        #expect(try readRow([.theory: "0", .skill: "0", .statedOutcome: "缺考"]).bin == .absent)
    }

    @Test("27 absent and yet marked is asked about")
    func contradiction() throws {
        let reading = try readRow([.remark: "缺考"])
        #expect(reading.bin == .quarantined && reading.codes == ["remark-contradicts"])
    }

    @Test("28 zero is a score, a blank is not")
    func zeroAndBlank() throws {
        #expect(try readRow([.theory: "0"]).result?.theory?.hundredths == 0)
        let blank = try readRow([.theory: ""])
        #expect(blank.bin == .quarantined && blank.findings.map(\.anomaly) == [28])
    }

    @Test("29 misconduct voids the attempt whatever the scores", arguments: ["违纪", "理论考试作弊", "替考，取消成绩"])
    func misconduct(remark: String) throws {
        let reading = try readRow([.remark: remark])
        #expect(reading.bin == .void && reading.codes == ["void-attempt"])
    }

    @Test("29 misconduct outweighs absence, and its denial is none")
    func misconductRanks() throws {
        #expect(try readRow([.theory: "缺考", .skill: "作弊"]).bin == .void)
        #expect(try readRow([.remark: "无违纪"]).result != nil)
    }

    @Test("30 deferred is pending")
    func deferred() throws {
        #expect(try readRow([.theory: "缓考", .skill: "缓考", .statedOutcome: ""]).bin == .pending)
        #expect(try readRow([.theory: "缺考", .skill: "缺考", .statedOutcome: "", .remark: "缓考"]).bin == .pending)
    }

    @Test("31 a resit may leave out a part, others may not")
    func resit() throws {
        #expect(try readRow([.remark: "上次缓考，本次补考"]).result?.isResit == true)
        #expect(try readRow([.remark: "补考", .skill: ""]).result?.skill == nil)
        #expect(try readRow([.remark: "补考", .skill: "", .theory: ""]).bin == .quarantined)
        #expect(try readRow([.skill: ""]).bin == .quarantined)
        #expect(try readRow([:]).result?.isResit == false)
    }

    @Test("32 scores are mended when unambiguous", arguments: ["60分", "60↓", "60 分"])
    func mended(score: String) throws {
        let reading = try readRow([.theory: score])
        #expect(reading.result?.theory?.hundredths == 6000 && reading.codes == ["score-mended"])
    }

    @Test("32 full-width scores are mended")
    func fullWidth() throws {
        let reading = try readRow([.theory: "６０．５"])
        #expect(reading.result?.theory?.hundredths == 6050 && reading.codes == ["full-width-mended"])
    }

    @Test("33 a word in place of a score is asked about", arguments: ["合格", "不合格", "优秀"])
    func words(score: String) throws {
        let reading = try readRow([.skill: score])
        #expect(reading.bin == .quarantined && reading.codes == ["score-word"])
    }

    @Test(
        "34 impossible scores are asked about",
        arguments: [
            ("100.5", "score-out-of-range"), ("-5", "score-out-of-range"), ("NaN", "score-unreadable"),
            ("#N/A", "score-unreadable"), ("8 5", "score-unreadable"), ("1e1", "score-unreadable"),
            ("59.995", "score-too-precise"), ("99999999999999999999", "score-out-of-range"), ("6.", "score-unreadable"),
        ])
    func impossible(score: String, code: String) throws {
        let reading = try readRow([.theory: score])
        #expect(reading.bin == .quarantined && reading.codes == [code])
    }

    @Test(
        "scores are exact", arguments: [("59.5", 5950), ("59.55", 5955), ("60.000", 6000), ("100", 10000), ("7", 700)])
    func exact(score: String, hundredths: Int) throws {
        #expect(try readRow([.theory: score]).result?.theory?.hundredths == hundredths)
    }

    @Test("36 a stated outcome is kept for comparison; one not understood is warned about")
    func stated() throws {
        #expect(try readRow([.statedOutcome: "不合格"]).result?.statedOutcome == .failed)
        let reading = try readRow([.statedOutcome: "甲等"])
        #expect(reading.result != nil && reading.codes == ["outcome-unreadable"])
    }
}
