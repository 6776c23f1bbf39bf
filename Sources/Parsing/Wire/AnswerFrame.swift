/// One part of an answer: what it is, and its content.
struct AnswerFrame {
    enum Kind: UInt8 {
        /// What was asked for.
        case value = 1
        /// Why the file is refused, in its own words.
        case refusal
        /// Rows of a table; a chunk of a sheet.
        case rows
        /// There are no more rows.
        case end
    }

    /// Kind, and length in four bytes, little-endian.
    static let headByteCount = 5
    /// The longest run of a sheet's records, with room for what stands around it.
    static let longest = 72 << 20

    let kind: Kind
    let content: [UInt8]

    static func head(_ kind: Kind, count: Int) -> [UInt8] {
        [kind.rawValue] + withUnsafeBytes(of: UInt32(clamping: count).littleEndian) { Array($0) }
    }

    /// - Returns: nil for what no worker says.
    static func length(of head: [UInt8]) -> (kind: Kind, count: Int)? {
        guard head.count == headByteCount, let kind = Kind(rawValue: head[0]) else { return nil }
        let count = head.dropFirst().reversed().reduce(0) { $0 << 8 | Int($1) }
        return count <= longest ? (kind, count) : nil
    }
}
