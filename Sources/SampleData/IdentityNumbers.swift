import Credential

/// Identity numbers that pass every check, differ from each other, and belong to nobody: their
/// areas are the city districts as wholes (市辖区, 37xx01), which are not given to residents.
struct IdentityNumbers: Sendable {
    /// How many there are: areas × days × pairs of a female and a male sequence number.
    static let count = areas * births.count * pairs

    private static let areas = 17
    private static let pairs = 499
    /// Eight digits for each day from October 2001 to March 2006.
    private static let births: [[Int]] = {
        let first = CalendarDate.sample(2001, 10, 1)
        let last = CalendarDate.sample(2006, 3, 28)
        return (first.daysSinceEpoch...last.daysSinceEpoch).map { day in
            CalendarDate(daysSinceEpoch: day).description.utf8.filter { $0 != UInt8(ascii: "-") }.map { Int($0) - 0x30 }
        }
    }()

    private let keys: [UInt32]

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed, stream: 0x1D)
        keys = (0..<3).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    }

    /// Appends the number of a candidate: of two candidates with different indexes below ``count``
    /// the numbers differ, with no memory of those given before.
    func append(candidate index: Int, isFemale: Bool, to text: inout [UInt8]) {
        let slot = place(of: index)
        let area = slot % Self.areas + 1
        let birth = Self.births[slot / Self.areas % Self.births.count]
        let pair = slot / Self.areas / Self.births.count + 1
        // 2…998 for women, 3…999 for men: parity is the sex, and the pair stays distinct.
        let sequence = pair * 2 + (isFemale ? 0 : 1)

        var digits = [3, 7, area / 10, area % 10, 0, 1]
        digits.reserveCapacity(17)
        digits += birth
        digits += [sequence / 100, sequence / 10 % 10, sequence % 10]
        for digit in digits { text.append(UInt8(0x30 + digit)) }
        text.append(ResidentIDNumber.checkCharacter(for: digits))
    }

    /// A permutation of 0..<count: mixes 24 bits reversibly, again while the result lies outside.
    private func place(of index: Int) -> Int {
        var value = UInt32(index)
        repeat {
            for key in keys {
                value = (value ^ key) & 0xFF_FFFF
                value = (value &* 0x2C_1B3D &+ 0x29_7A2D) & 0xFF_FFFF
                value ^= value >> 11
            }
        } while value >= UInt32(Self.count)
        return Int(value)
    }
}
