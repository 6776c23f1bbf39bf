/// 53: what a sheet says itself about its number of candidates, such as `考生人数：2326` on a cover.
package struct Declaration: Codable, Hashable, Sendable {
    package let count: Int
    /// The table it is about; nil when it is about the whole file.
    package let table: Int?
    /// Where it stands.
    package let row: Int

    /// What stands before a number that is a total; a number after the others needs a unit, as 共 18 个专业
    /// counts something else.
    private static let names = ["考生总人数", "考生人数", "考生总数", "总人数", "报考人数", "参评人数", "参考人数", "人数合计", "candidates"]
    private static let sums = ["共计", "总计", "合计", "共有", "共"]
    private static let units: Set<Character> = ["人", "名", "条"]

    /// Nil when the cells declare nothing.
    init?(in cells: [String], row: Int, table: Int?) {
        let text = cells.joined(separator: " ").lowercased()
        guard
            let count = Self.count(in: text, after: Self.names, needsUnit: false)
                ?? Self.count(in: text, after: Self.sums, needsUnit: true)
        else { return nil }
        (self.count, self.row, self.table) = (count, row, table)
    }

    private static func count(in text: String, after words: [String], needsUnit: Bool) -> Int? {
        for word in words {
            guard let range = text.firstRange(of: word) else { continue }
            let rest = text[range.upperBound...].drop { " :：为\t".contains($0) || $0.isWhitespace }
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "," }.filter { $0 != "," }
            let unit = rest.drop { $0.isASCII && $0.isNumber || $0 == "," || $0.isWhitespace }.first
            if let count = Int(digits), !needsUnit || unit.map(units.contains) ?? false { return count }
        }
        return nil
    }
}
