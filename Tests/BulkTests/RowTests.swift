import Bulk
import Credential
import Foundation
import Results
import Seal
import TestSupport
import Testing
import Verification

@Suite struct RowTests {
    @Test("rows of any text come back unchanged and in order, beside their verdicts", arguments: 0..<8)
    func order(seed: UInt64) async throws {
        let desk = try Desk()
        var random = SeededGenerator(seed: seed)
        let seal = try desk.qrText()
        let texts = ["王小明", "a,b", "\"x\"", "é", "", "0012"]
        let rows = (0..<Int.random(in: 1...700, using: &random)).map { index in
            ["r\(index)", texts.randomElement(using: &random) ?? "", Bool.random(using: &random) ? seal : "12345"]
        }
        var csv = CSVWriter()
        csv.append(["行", "备注", "QR code"])
        for row in rows { csv.append(row) }
        let input = try desk.file("a.csv", csv.take())
        let answers = try await desk.answers(input)
        #expect(answers.map(\.row.cells) == rows)
        #expect(answers.map(\.answer.outcome) == rows.map { $0[2] == seal ? .valid : .couldNotCheck })
        // Written and read again they are still the same.
        let path = desk.folder.path + "/out.csv"
        let result = try ResultFile(path: path, format: .csv, header: ["行", "备注", "QR code"])
        for (row, answer) in answers { try result.append(row, answer) }
        try result.finish()
        #expect(try CSVTable.read(path: path).rows.map { Array($0.cells.prefix(3)) } == rows)
    }

    @Test("a row that names another than its seal is not valid; one that names nobody is")
    func contradictions() async throws {
        let desk = try Desk()
        let certificate = SampleCertificate.typical
        let (seal, number, name) = (try desk.qrText(), certificate.number.text, certificate.holderName)
        let spaced = name.map(String.init).joined(separator: "　")
        let lines = [
            "姓名,证书编号,二维码", "\(name),\(number),\(seal)", ",,\(seal)", "\(spaced),,\(seal)", "李四,\(number),\(seal)",
            "\(name),X1,\(seal)",
        ]
        let answers = try await desk.answers(desk.file("a.csv", lines.joined(separator: "\n").utf8))
        #expect(answers.map(\.answer.reason) == [nil, nil, nil, "contradicts-row", "contradicts-row"])
    }

    /// As people write them; the register is asked for one form.
    private static let numbers = """
        number,name,last six
        Y000000000000000000001,王,
        y 00000-00000-00000-000001。,,12345x
        Y000000000000000000002,王,
        Y000000000000000000003,王,
        Y1,王,
        ,王,

        """

    @Test("numbers are asked of a register, where there is one and the asker may")
    func numbers() async throws {
        let desk = try Desk()
        let seal = try UnverifiedSeal(qrText: desk.qrText())
        let input = try desk.file("a.csv", Self.numbers.utf8)
        let reasons = try await desk.answers(input).map(\.answer.reason)
        #expect(reasons == Array(repeating: "needs-service", count: 4) + ["malformed-number", "nothing-to-check"])
        #expect(try await desk.answers(input, lookup: .withheld).first?.answer.reason == "needs-key")
        let found = try await desk.answers(
            input,
            lookup: .register { question in
                if question.number.text == "Y000000000000000000003" { return .tooOften }
                if case .idLastSix(let id) = question.holder { #expect(id == "12345X") }
                return question.number.text == "Y000000000000000000001" ? .seal(seal) : .noMatch
            })
        #expect(
            found.map(\.answer.reason) == [
                nil, nil, "no-match", "asked-too-often", "malformed-number", "nothing-to-check",
            ])
        // Who knows the name is told it; who knows only a number is not.
        #expect(found[0].answer.holderName == SampleCertificate.typical.holderName)
        #expect(found[1].answer.holderName == SampleCertificate.typical.maskedHolderName)
    }

    @Test("a bare list of QR texts is a table without a header")
    func bareList() async throws {
        let desk = try Desk()
        let seal = try desk.qrText()
        let answers = try await desk.answers(desk.file("a.txt", "\(seal)\n\(seal)\n".utf8))
        #expect(answers.map(\.answer.outcome) == [.valid, .valid])
    }

    @Test("without columns, without rows, with too many: refused as a whole")
    func refused() async throws {
        let desk = try Desk()
        func problem(_ text: String, rows: Int = 10) async -> BulkProblem.Code? {
            do {
                _ = try await desk.answers(
                    desk.file("a.csv", text.utf8), limits: BulkLimits(rows: rows, files: 1, archiveByteCount: 1))
                return nil
            } catch { return (error as? BulkProblem)?.code }
        }
        #expect(await problem("姓名,学号\n王,1\n") == .noColumns)
        #expect(await problem("number,name\n") == .empty)
        #expect(await problem("") == .empty)
        #expect(await problem("qr\n1\n2\n3\n", rows: 2) == .tooManyRows)
        #expect(await problem("qr\n1\n2\n", rows: 2) == nil)
    }

    @Test("files of one name are answered each by a name of its own")
    func oneName() async throws {
        let desk = try Desk()
        var zip = StoredZip()
        for name in ["a.pdf", "a.pdf", "a.pdf (2)", "b.pdf", "a.pdf"] { zip.add(name, [0x20]) }
        let rows = try await desk.answers(desk.file("a.zip", zip.bytes))
        #expect(rows.map(\.row.fileName) == ["a.pdf", "a.pdf (3)", "a.pdf (2)", "b.pdf", "a.pdf (4)"])
        #expect(rows.allSatisfy { $0.answer.reason == "unsupported-file" })
    }

    @Test("an archive that inflates beyond its allowance is given up, one within is not")
    func allowance() async throws {
        let desk = try Desk()
        var zip = StoredZip()
        for name in ["a.pdf", "b.png", "c.txt"] { zip.add(name, Array(repeating: 0x20, count: 1000)) }
        let input = try desk.file("a.zip", zip.bytes)
        let enough = BulkLimits(rows: 1, files: 3, archiveByteCount: 3000)
        #expect(
            try await desk.answers(input, limits: enough).map(\.answer.reason)
                == Array(repeating: "unsupported-file", count: 3))
        var less = enough
        less.archiveByteCount -= 1
        await #expect(throws: BulkProblem.self) { try await desk.answers(input, limits: less) }
        less = enough
        less.files = 2
        await #expect(throws: BulkProblem.self) { try await desk.answers(input, limits: less) }
    }
}
