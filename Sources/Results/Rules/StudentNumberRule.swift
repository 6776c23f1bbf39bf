/// results.md, 59: student numbers that a spreadsheet program took for numbers.
///
/// Lost zeros show only against the other rows, so this looks at a chunk as a whole.
struct StudentNumberRule {
    private var lengths: [UInt8] = []
    private var counts = [Int](repeating: 0, count: 33)

    static func read(_ cell: RawCell, _ findings: inout RowFindings) -> String {
        cell.withText(.code) { text in
            findings.addMending(.studentNumber, text)
            let isScientific =
                text.bytes.contains(Byte.dot) && text.bytes.contains { $0 | 0x20 == UInt8(ascii: "e") }
                && text.bytes.allSatisfy { $0 < 0x3A || $0 | 0x20 == UInt8(ascii: "e") }
            if isScientific { findings.add(.studentNumberScientific, .studentNumber, text) }
            let number = text.string
            guard number.hasSuffix(".0"), number.utf8.dropLast(2).allSatisfy({ (Byte.zero...Byte.nine).contains($0) })
            else { return number }
            findings.add(.pointZeroRemoved, .studentNumber, text)
            return String(number.dropLast(2))
        }
    }

    /// Notes the number of the chunk's next row; empty when there is none.
    mutating func note(_ number: String) {
        let isNumber =
            number.utf8.count < counts.count && number.utf8.allSatisfy { (Byte.zero...Byte.nine).contains($0) }
        let length = isNumber ? number.utf8.count : 0
        lengths.append(UInt8(length))
        if length > 0 { counts[length] += 1 }
    }

    /// The rows, from 0, whose numbers are shorter than those of most others.
    var shortRows: [Int] {
        let total = counts.reduce(0, +)
        guard let usual = counts.indices.first(where: { counts[$0] * 2 > total }) else { return [] }
        return lengths.indices.filter { lengths[$0] > 0 && lengths[$0] < usual }
    }
}
