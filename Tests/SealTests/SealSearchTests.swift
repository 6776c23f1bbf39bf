import Seal
import TestSupport
import Testing

/// What is found in texts as people and programs pass them on; the page's script reads the same vectors.
@Suite struct SealSearchTests {
    struct Vectors: Decodable {
        struct Case: Decodable, Sendable, CustomTestStringConvertible {
            let name: String
            let text: String
            let finding: String
            let seal: Int?

            var testDescription: String { name }
        }

        let seals: [String]
        let cases: [Case]
    }

    // The file is part of the tests.
    static let vectors = try! TestSupport.Vectors.json("seal-texts/texts.json", as: Vectors.self)

    /// The digits of the seal that was found, else what was found.
    static func finding(in text: String) throws -> String {
        switch SealSearch.find(in: text) {
        case .seal(let seal):
            for digits in vectors.seals
            where try UnverifiedSeal(decoding: DecimalDigits.decode(digits.utf8)).signature == seal.signature {
                return digits
            }
            return "another seal"
        case .malformed: return "malformed"
        case .damaged: return "damaged"
        case .several: return "several"
        case .nothing: return "nothing"
        }
    }

    @Test("Each text gives its seal, or its cause", arguments: vectors.cases)
    func vector(_ item: Vectors.Case) throws {
        #expect(try Self.finding(in: item.text) == item.seal.map { Self.vectors.seals[$0] } ?? item.finding)
    }

    @Test("A thousand texts that keep all digits in order are read; with another digit none gives the seal")
    func mutations() throws {
        var random = SeededGenerator(seed: 66)
        for _ in 0..<1000 {
            let seal = Int.random(in: 0..<Self.vectors.seals.count, using: &random)
            let digits = Self.vectors.seals[seal]
            #expect(try Self.finding(in: PassedOnText.of(digits, &random)) == digits)
            var changed = Array(digits.utf8)
            let position = Int.random(in: changed.indices, using: &random)
            changed[position] = 0x30 + (changed[position] - 0x30 + UInt8.random(in: 1...9, using: &random)) % 10
            let text = PassedOnText.of(String(decoding: changed, as: UTF8.self), &random)
            let found = SealSearch.find(in: text)
            if case .seal(let other) = found {
                let own = try UnverifiedSeal(decoding: DecimalDigits.decode(digits.utf8))
                #expect(other.signedBytes != own.signedBytes || other.signature != own.signature)
            }
        }
    }
}
