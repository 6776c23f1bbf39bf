import Credential
import Errors
import Results
import TestSupport
import Testing

@Suite struct DocumentTests {
    private static let number = SampleSheet.identityNumber(2)

    private func read(_ number: String, kind: String = "") throws -> (number: String?, codes: [String]) {
        let reading = try readRow([.documentNumber: number, .documentKind: kind, .sex: ""])
        return (reading.result?.document.number, reading.codes)
    }

    /// A number that ends in X.
    private static let endingInX =
        (0...400).lazy.map { SampleSheet.identityNumber($0 * 2 + 2) }.first { $0.hasSuffix("X") } ?? ""

    @Test("9 full-width digits become ordinary ones")
    func fullWidth() throws {
        let wide = String(
            String.UnicodeScalarView(Self.endingInX.unicodeScalars.map { UnicodeScalar($0.value + 0xFEE0) ?? $0 }))
        #expect(try read(wide) == (Self.endingInX, ["full-width-mended"]))
    }

    @Test("10 a small x becomes a capital")
    func lowerCase() throws {
        #expect(try read(Self.endingInX.lowercased()) == (Self.endingInX, ["id-lower-case"]))
    }

    @Test("11 spaces go", arguments: [" \(number) ", "\u{202D}\(number)\u{202C}", "370701 \(number.dropFirst(6))"])
    func spaces(number: String) throws {
        #expect(try read(number) == (Self.number, ["spaces-removed"]))
    }

    @Test("12 text markers go", arguments: ["'\(number)", "=\"\(number)\"", "\"=\"\"\(number)\"\"\""])
    func markers(number: String) throws {
        #expect(try read(number) == (Self.number, ["text-marker-removed"]))
    }

    @Test("13 scientific notation is rejected", arguments: ["3.70702E+17", "3.70701200402E17", "3.7e+17"])
    func scientific(number: String) throws {
        let reading = try readRow([.documentNumber: number])
        #expect(reading.bin == .rejected && reading.codes == ["id-scientific"])
    }

    @Test("15 fifteen digits are asked about")
    func fifteen() throws {
        let reading = try readRow([.documentNumber: "370701040215002"])
        #expect(reading.bin == .quarantined && reading.codes == ["id-fifteen-digits"])
    }

    @Test("16 bad checksum is asked about")
    func checksum() throws {
        let last = Self.number.hasSuffix("1") ? "2" : "1"
        let reading = try readRow([.documentNumber: Self.number.dropLast() + last])
        #expect(reading.bin == .quarantined && reading.codes == ["id-checksum"])
    }

    @Test("17 good checksum, impossible date is asked about")
    func date() throws {
        let reading = try readRow([.documentNumber: SampleSheet.identityNumber(2, birth: "20030229")])
        #expect(reading.bin == .quarantined && reading.codes == ["id-date"])
    }

    @Test("18 a sex that the number contradicts is asked about")
    func sex() throws {
        #expect(try readRow([.sex: "男"]).codes == ["id-sex"])
        #expect(try readRow([.sex: "女"]).codes == [])
        #expect(try readRow([.sex: "不详"]).codes == ["sex-unreadable"])
        #expect(try readRow([.sex: ""]).result?.sex == nil)
    }

    @Test("19 an implausible age is warned about", arguments: ["20200101", "19400101"])
    func age(birth: String) throws {
        let reading = try readRow([.documentNumber: SampleSheet.identityNumber(2, birth: birth)])
        #expect(reading.result != nil && reading.codes == ["age-implausible"])
    }

    @Test("20 numbers that fit their document")
    func fitting() throws {
        let permit = SampleSheet.identityNumber(2, area: "810000")
        let accepted: [(String, String, IdentityDocument.Kind)] = [
            ("身份证", Self.number, .residentIDCard), ("台湾居民居住证", permit, .residencePermitHKMT),
            ("外国人永久居留身份证", "911123200402150020", .foreignPermanentResidence),
            ("外国人永久居留证", "USA370704021500", .foreignPermanentResidence), ("护照", "E12345678", .passport),
            ("Passport", "AB1234567", .passport),
        ]
        for (kind, number, expected) in accepted {
            let document = try readRow([.documentKind: kind, .documentNumber: number]).result?.document
            #expect(document == IdentityDocument(kind: expected, number: number))
        }
    }

    @Test(
        "20 a number that does not fit its document is asked about",
        arguments: [
            ("居民身份证", SampleSheet.identityNumber(2, area: "810000")), ("港澳居民居住证", number), ("护照", number),
            ("外国人永久居留身份证", number), ("居民身份证", "911123200402150020"), ("居民身份证", "E12345678"), ("护照", "E-1"),
        ])
    func mismatch(kind: String, number: String) throws {
        let reading = try readRow([.documentKind: kind, .documentNumber: number, .sex: ""])
        #expect(reading.bin == .quarantined && reading.codes == ["document-mismatch"])
    }

    @Test("20 an unknown document is asked about")
    func unknownKind() throws {
        #expect(try readRow([.documentKind: "军官证"]).codes == ["document-kind-unknown"])
    }

    @Test("findings show the shape of a number, never the number")
    func privacy() throws {
        let number = String(Self.number.dropLast()) + "a"
        let reading = try readRow([.documentNumber: number, .name: "张?丽"])
        #expect(reading.findings.contains { $0.shape?.text.en == "18 characters: 17 digits, 1 letter" })
        for finding in reading.findings {
            for text in [finding.text.zh, finding.text.en, finding.description] {
                #expect(!text.contains(number.prefix(6)) && !text.contains("张?丽"))
            }
        }
    }
}
