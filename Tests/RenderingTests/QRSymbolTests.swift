import CQRencode
import Rendering
import Testing

@Suite struct QRSymbolTests {
    @Test("a seal of 272 bytes fits version 14")
    func usualSeal() throws {
        let symbol = try QRSymbol(text: QRTexts.address + QRTexts.digits(QRTexts.digitCount(sealBytes: 272)))
        #expect(symbol.version <= 14)
        #expect(symbol.side == 17 + 4 * symbol.version)
        #expect(symbol.modules.count == symbol.side * symbol.side)
    }

    @Test("three corners hold finder patterns, the fourth does not")
    func finderPatterns() throws {
        let symbol = try QRSymbol(text: QRTexts.address + "0123456789")
        func isFinder(_ top: Int, _ left: Int) -> Bool {
            (0..<7).allSatisfy { row in
                (0..<7).allSatisfy { column in
                    let ring = max(abs(row - 3), abs(column - 3))
                    return symbol.isDark(row: top + row, column: left + column) == (ring != 2)
                }
            }
        }
        let far = symbol.side - 7
        #expect(isFinder(0, 0) && isFinder(0, far) && isFinder(far, 0) && !isFinder(far, far))
        #expect(!symbol.isDark(row: -1, column: 0) && !symbol.isDark(row: 0, column: symbol.side))
    }

    @Test("our segments never need a larger version than the library's own choice", arguments: 1...60)
    func noLargerThanAutomatic(step: Int) throws {
        for host in ["verify.example.cn", "a1.b22.cc333333.example", "v"] {
            let text = "https://\(host)/c#" + QRTexts.digits(step * 13, seed: UInt64(step))
            let automatic = try #require(QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1))
            defer { QRcode_free(automatic) }
            #expect(try QRSymbol(text: text, versionLimit: 40).version <= Int(automatic.pointee.version))
        }
    }

    @Test("texts too long for level M have level L, in a symbol no larger, and say the same")
    func longTexts() throws {
        var last = QRSymbol.Correction.medium
        var (texts, pictures): ([String], [[UInt8]]) = ([], [])
        for digits in stride(from: 840, through: 1_160, by: 20) {
            let text = QRTexts.address + QRTexts.digits(digits)
            let symbol = try QRSymbol(text: text)
            #expect(symbol.version <= QRSymbol.defaultVersionLimit)
            // Never weaker than it must be.
            #expect(!(last == .low && symbol.correction == .medium))
            last = symbol.correction
            texts.append(text)
            pictures.append(try symbol.png(scale: 4))
        }
        #expect(last == .low)
        #expect(try QRReader.read(pictures) == texts)
        #expect(try QRSymbol(text: QRTexts.address + QRTexts.digits(840)).correction == .medium)
    }

    @Test("what is too long says what to shorten")
    func tooLong() {
        let text = QRTexts.address + QRTexts.digits(1200)
        #expect(throws: QRProblem.doesNotFit(version: 16, limit: 15, addressBytes: 28, digits: 1200)) {
            try QRSymbol(text: text)
        }
        #expect(throws: QRProblem.doesNotFit(version: nil, limit: 40, addressBytes: 28, digits: 8000)) {
            try QRSymbol(text: QRTexts.address + QRTexts.digits(8000), versionLimit: 40)
        }
        let problem = QRProblem.doesNotFit(version: 16, limit: 15, addressBytes: 28, digits: 1200)
        #expect("\(problem)".contains("shorten the host name (28 bytes up to #)"))
    }

    @Test(
        "other texts are refused",
        arguments: [
            "", "123", "https://a/c", "https://a/c#", "https://a/c#12a", "https://例/c#1", "https://a b/c#1",
            "http://a/c#1", "https://a/c#1#2",
        ])
    func malformed(text: String) {
        #expect(throws: QRProblem.malformedText) { try QRSymbol(text: text) }
    }
}
