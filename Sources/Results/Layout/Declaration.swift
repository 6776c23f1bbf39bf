import Spreadsheets

/// results.md, 53: what a sheet says itself about its number of candidates, such as `考生人数：2326` on a cover.
package struct Declaration: Codable, Hashable, Sendable {
    /// Whom it counts.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case registered, sat, absent, passed
    }

    package let kind: Kind
    package let count: Int
    /// The table it is about; nil when it is about the whole file.
    package let table: Int?
    /// Where it stands.
    package let row: Int

    /// What stands before a number; a number after the sums needs a unit, as 共 18 个专业 counts something else.
    private static let names: [(word: [UInt8], kind: Kind?)] = [
        ("考生总人数", .registered), ("考生人数", .registered), ("考生总数", .registered), ("总人数", .registered),
        ("报考人数", .registered),
        ("报名人数", .registered), ("应考人数", .registered), ("应到人数", .registered), ("人数合计", .registered),
        ("candidates", .registered),
        ("registered", .registered), ("参考总人数", .sat), ("参考人数", .sat), ("实考总人数", .sat), ("实考人数", .sat), ("实到人数", .sat),
        ("参评人数", .sat),
        ("到考人数", .sat), ("参加考试人数", .sat), ("candidates examined", .sat), ("缺考人数", .absent), ("缺席人数", .absent),
        ("合格总人数", .passed),
        ("合格人数", .passed), ("通过人数", .passed), ("及格人数", .passed), ("candidates passed", .passed), ("不合格人数", nil),
        ("不及格人数", nil),
        ("不通过人数", nil), ("未通过人数", nil), ("candidates absent", .absent), ("candidates failed", nil),
    ].map { (Array($0.0.utf8), $0.1) }.sorted { $0.0.count > $1.0.count }
    private static let sums = ["共计", "总计", "合计", "共有", "共"].map { Array($0.utf8) }
    /// Bytes within which the number and its unit stand, with the spaces around them.
    private static let longestNumber = 256
    private static let units: Set<Character> = ["人", "名", "条"]

    /// What the cells declare, for each kind once.
    static func all(in cells: [String], row: Int, table: Int?) -> [Declaration] {
        var text = Array(cells.joined(separator: " ").lowercased().utf8)
        guard text.contains(where: { (Byte.zero...Byte.nine).contains($0) }) else { return [] }
        var found: [Kind: Int] = [:]
        for (word, kind) in names {
            guard let place = text.offset(of: word) else { continue }
            if let kind, found[kind] == nil, let count = number(after: place + word.count, in: text)?.count {
                found[kind] = count
            }
            // 考生人数 is not found again within 实考考生人数.
            for index in place..<place + word.count { text[index] = UInt8(ascii: "_") }
        }
        if found[.registered] == nil { found[.registered] = sum(in: text) }
        return Kind.allCases.compactMap { kind in
            found[kind].map { Declaration(kind: kind, count: $0, table: table, row: row) }
        }
    }

    private static func sum(in text: [UInt8]) -> Int? {
        for word in sums {
            guard let place = text.offset(of: word), let number = number(after: place + word.count, in: text) else {
                continue
            }
            if number.unit.map(units.contains) ?? false { return number.count }
        }
        return nil
    }

    private static func number(after start: Int, in text: [UInt8]) -> (count: Int, unit: Character?)? {
        let text = String(decoding: text.dropFirst(start).prefix(longestNumber), as: UTF8.self)
        let rest = text.drop { " :：为\t".contains($0) || $0.isWhitespace }
        let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "," }
        let unit = rest.dropFirst(digits.count).first { !$0.isWhitespace }
        return Int(digits.filter { $0 != "," }).map { ($0, unit) }
    }
}
