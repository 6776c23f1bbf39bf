import Credential
import Testing

@Suite struct CertificateNumberTests {
    private static let number = "Y000037000001263000042"

    @Test(
        "A number is read as people write it",
        arguments: [
            "Y000037000001263000042", "y000037000001263000042", " Y000037000001263000042 ",
            "Y0000 3700 0001 2630 00042",
            "Y-00003-70000-01263-000042", "Ｙ００００３７０００００１２６３００００４２", "ｙ000037000001263000042", "Y000037000001263000042.",
            "Y000037000001263000042。", "Y000037000001263000042．", "Y000037000001263000042 。\n",
            "\u{FEFF}Y000037000001263000042",
            "Y0000370000012630\u{200B}00042", "Y00003\u{2013}7000001263\u{2212}000042", "Y000037000001263－000042",
            "Y\u{00A0}000037000001263\u{3000}000042", "\u{202D}Y000037000001263000042\u{202C}",
        ])
    func readings(_ text: String) throws {
        #expect(try CertificateNumber(written: text).text == Self.number)
    }

    @Test(
        "What is no letter and 21 digits is refused",
        arguments: [
            "", " ", "Y", "Y00003700000126300004", "Y0000370000012630000420", "0000370000012630000421",
            "YY00037000001263000042", "Y000037000001263000042\0", "Y000037000001263\0" + "000042",
            "Y000037000001263O00042",
            "Ж000037000001263000042", "Y000037000001263000042,", ".Y000037000001263000042", "Y000037.000001263000042",
            "Y00003700000126300004½", "Y000037000001263000042\u{0301}", "é000037000001263000042",
        ])
    func refusals(_ text: String) {
        #expect(throws: CertificateNumber.Malformed.self) { try CertificateNumber(written: text) }
    }

    @Test("However long it is, it is looked at once")
    func length() {
        let long = String(repeating: " ", count: 300) + Self.number
        #expect(throws: CertificateNumber.Malformed.self) { try CertificateNumber(written: long) }
    }

    @Test("Marks put anywhere change nothing; a digit changed gives another number")
    func properties() throws {
        var random = SystemRandomNumberGenerator()
        let marks = [" ", "-", "\u{00AD}", "\t", "\u{2010}", "\u{3000}", "\u{200D}"]
        for _ in 0..<2000 {
            let digits = (0..<21).map { _ in Int.random(in: 0...9, using: &random) }
            let plain = "S" + digits.map(String.init).joined()
            var written = ""
            for character in plain {
                if Int.random(in: 0..<4, using: &random) == 0 { written += marks.randomElement(using: &random)! }
                let value = character.unicodeScalars.first!.value
                written += Bool.random(using: &random) ? String(Unicode.Scalar(value + 0xFEE0)!) : String(character)
            }
            #expect(try CertificateNumber(written: written).text == plain)
            let place = Int.random(in: 1...21, using: &random)
            var other = Array(plain)
            other[place] = Character(String((other[place].wholeNumberValue! + 1) % 10))
            #expect(try CertificateNumber(written: String(other)).text != plain)
        }
    }
}
