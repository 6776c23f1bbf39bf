import Bulk
import Credential
import Results
import Seal
import Testing
import Verification

/// Numbers, names and headers as people write them.
@Suite struct WrittenTests {
    @Test(
        "A name written otherwise could not be checked and is shown beside the sealed one; another's contradicts",
        arguments: [
            ("張偉", "张伟", "name-differs" as String?), ("张伟", "張偉", "name-differs"), ("张 伟", "张伟", nil),
            ("张？", "张玮", "name-differs"),
            ("？？", "张玮", "contradicts-row"), ("李娜", "张伟", "contradicts-row"),
            ("Jose Nunez", "José Núñez", "name-differs"),
            ("O'Brien", "O’Brien", "name-differs"), ("JOSÉ NÚÑEZ", "José Núñez", nil),
            ("Anne-Marie", "Anne‐Marie", "name-differs"),
            ("买买提阿不都", "买买提·阿不都", "name-differs"), ("买买提•阿不都", "买买提·阿不都", nil), ("Ｊｏｓé", "José", nil),
            ("张伟伟", "张伟", "contradicts-row"), ("Jose Nunes", "José Núñez", "contradicts-row"),
        ])
    func names(written: String, sealed: String, reason: String?) async throws {
        let desk = try Desk()
        let seal = try desk.qrText { $0.certificate.holderName = sealed }
        let input = try desk.file("a.csv", "number,name,qr\n,\(written),\(seal)\n".utf8)
        let (row, answer) = try #require(try await desk.answers(input).first)
        #expect(answer.reason == reason)
        #expect(answer.certificate?.holderName == sealed, "the sealed name is shown whatever the answer")
        #expect(answer.isOfAnother == (reason != nil))
        var json: [UInt8] = []
        answer.appendJSON(to: &json, row: row)
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.contains(#""stated":{"number":"","name":"\#(written)"}"#) == (reason != nil), "\(text)")
        #expect(text.contains(#""holderName":"\#(sealed)""#))
    }

    @Test("What is not valid by itself stays so beside a name written otherwise")
    func notValid() async throws {
        let desk = try Desk()
        let seal = try desk.qrText {
            $0.certificate.holderName = "張偉"
            $0.expiresAt = Desk.now - 1
        }
        let input = try desk.file("a.csv", "name,qr\n张伟,\(seal)\n".utf8)
        #expect(try await desk.answers(input).first?.answer.reason == "expired")
    }

    @Test(
        "The most exact title wins, in whatever order",
        arguments: [
            (["编号", "姓名", "证书编号"], 2), (["证书编号", "编号", "姓名"], 0), (["序号", "编号", "姓名"], 1),
            (["No", "Name", "Certificate number"], 2),
            (["* 证书编号（必填）", "姓名"], 0), (["姓名", "职业资格证书编号"], nil),
        ] as [([String], Int?)])
    func titles(header: [String], number: Int?) {
        let columns = ListColumns(header: header)
        #expect(columns.number == number)
        #expect(columns.suffice == (number != nil))
    }

    @Test("One look-up serves all rows with the same number and name")
    func lookups() async throws {
        let desk = try Desk()
        let asked = Counter()
        let lines = Array(repeating: "Y0000-00000-00000-00000-01,王,N/A", count: 300) + ["y000000000000000000001,李,无"]
        let input = try desk.file("a.csv", ("number,name,qr\n" + lines.joined(separator: "\n")).utf8)
        let answers = try await desk.answers(
            input,
            lookup: .register { question in
                #expect(question.number.text == "Y000000000000000000001")
                await asked.count()
                return .noMatch
            })
        #expect(answers.map(\.answer.reason) == Array(repeating: "no-match", count: 301))
        #expect(await asked.total == 2)
    }

    private actor Counter {
        private(set) var total = 0
        func count() { total += 1 }
    }

    @Test("Rows longer than the header, titles above it and other rows are all answered")
    func layout() async throws {
        let desk = try Desk()
        let seal = try desk.qrText()
        // The row of totals is nobody's.
        let lines = ["员工名单", "", "姓名;备注;二维码内容", "王小明;x;\(seal);more", "李四;2;", "合计;2;", "\"王\n小明\";;\"\(seal)\""]
        let answers = try await desk.answers(desk.file("a.csv", lines.joined(separator: "\r\n").utf8))
        #expect(answers.map(\.answer.reason) == [nil, "nothing-to-check", nil])
        #expect(answers.map(\.row.cells.count) == [4, 4, 4])
    }
}
