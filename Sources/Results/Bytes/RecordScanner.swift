/// Finds where records end (RFC 4180, and the looser line ends of real programs).
///
/// A quotation mark opens a quoted cell only at the cell's start; elsewhere it is a character like
/// any other, as spreadsheet programs have it.
struct RecordScanner {
    enum Outcome: Equatable {
        /// The offset past the record's line end.
        case end(Int)
        /// More bytes are needed to tell.
        case incomplete
        case unclosedQuote
        case tooLong
    }

    let delimiter: UInt8

    /// - Parameter isLast: whether the text ends with these bytes.
    func endOfRecord(in bytes: UnsafeRawBufferPointer, from start: Int, isLast: Bool) -> Outcome {
        var i = start
        while true {
            i = Self.nextMark(in: bytes, from: i)
            guard i < bytes.count else { return isLast && start < bytes.count ? .end(bytes.count) : .incomplete }
            switch bytes[i] {
            case Byte.lineFeed: return .end(i + 1)
            case Byte.carriageReturn:
                guard i + 1 < bytes.count else { return isLast ? .end(i + 1) : .incomplete }
                return .end(bytes[i + 1] == Byte.lineFeed ? i + 2 : i + 1)
            default:
                guard i == start || bytes[i - 1] == delimiter else {
                    i += 1
                    continue
                }
                guard let close = Self.closingQuote(in: bytes, openedAt: i) else {
                    return isLast ? .unclosedQuote : .incomplete
                }
                i = close + 1
            }
        }
    }

    /// The mark that closes a quoted cell: the first that is not doubled. Nil when it is cut off.
    private static func closingQuote(in bytes: UnsafeRawBufferPointer, openedAt open: Int) -> Int? {
        var i = open + 1
        while i < bytes.count {
            if bytes[i] == Byte.quote {
                guard i + 1 < bytes.count, bytes[i + 1] == Byte.quote else { return i }
                i += 2
            } else {
                i += 1
            }
        }
        return nil
    }

    /// The next line feed, carriage return or quotation mark, eight bytes at a time.
    private static func nextMark(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var i = start
        while i + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            let marks = zeroes(word ^ lineFeeds) | zeroes(word ^ carriageReturns) | zeroes(word ^ quotes)
            if marks != 0 { return i + marks.trailingZeroBitCount >> 3 }
            i += 8
        }
        while i < bytes.count, bytes[i] != Byte.lineFeed, bytes[i] != Byte.carriageReturn, bytes[i] != Byte.quote {
            i += 1
        }
        return i
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let lineFeeds = ones * UInt64(Byte.lineFeed)
    private static let carriageReturns = ones * UInt64(Byte.carriageReturn)
    private static let quotes = ones * UInt64(Byte.quote)

    /// The high bit of the lowest zero byte, and perhaps of bytes above it.
    private static func zeroes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }
}

/// The bytes that tables are made of.
enum Byte {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9")
    static let hyphen = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let equals = UInt8(ascii: "=")
}
