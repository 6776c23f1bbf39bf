/// An 18-character Chinese citizen identity number (GB 11643-1999).
package struct ResidentIDNumber: Hashable, Sendable {
    package enum Problem: Error, Hashable, Sendable {
        case length, character, checksum, area, birthDate, sequence
    }

    package enum Sex: Sendable { case male, female }

    package let text: String
    package let birthDate: CalendarDate
    package let sex: Sex

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)

    /// The first two digits of a resident's area: provinces, and 81–83 for residence permits of
    /// Hong Kong, Macau and Taiwan residents. Counties come and go, so only these are checked.
    private static let provinces: Set<Int> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
        61, 62, 63, 64, 65, 71, 81, 82, 83,
    ]

    /// Takes the canonical spelling only: ASCII digits, and a capital `X` in the last place.
    package init(_ text: String) throws(Problem) {
        let characters = Array(text.utf8)
        guard characters.count == 18 else { throw .length }
        let digits = try Self.digits(of: characters)
        guard characters[17] == Self.checkCharacter(for: digits) else { throw .checksum }
        guard Self.provinces.contains(digits[0] * 10 + digits[1]) else { throw .area }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard let date = CalendarDate(year: number(6..<10), month: number(10..<12), day: number(12..<14)),
            date.year >= 1900
        else { throw .birthDate }
        guard number(14..<17) != 0 else { throw .sequence }
        self.text = text
        birthDate = date
        sex = digits[16].isMultiple(of: 2) ? .female : .male
    }

    /// True for residence permits of Hong Kong, Macau and Taiwan residents.
    package var isResidencePermit: Bool { text.hasPrefix("81") || text.hasPrefix("82") || text.hasPrefix("83") }

    /// The 18th character for the first 17 digits.
    package static func checkCharacter(for digits: [Int]) -> UInt8 {
        checkCharacters[zip(weights, digits).reduce(0) { $0 + $1.0 * $1.1 } % 11]
    }

    private static func digits(of characters: [UInt8]) throws(Problem) -> [Int] {
        var digits: [Int] = []
        digits.reserveCapacity(17)
        for character in characters.prefix(17) {
            guard (0x30...0x39).contains(character) else { throw .character }
            digits.append(Int(character) - 0x30)
        }
        guard characters[17] == 0x58 || (0x30...0x39).contains(characters[17]) else { throw .character }
        return digits
    }
}
