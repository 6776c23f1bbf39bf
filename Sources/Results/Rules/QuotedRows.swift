/// A quotation mark that nobody meant swallows the rows up to the next one.
enum QuotedRows {
    private static let digitsOfNumber = 15

    /// Whether a line after the first looks like a row: by its delimiters, or by a number that identifies somebody.
    static func areIn(_ cell: RawCell, delimiter: UInt8, columns: Int) -> Bool {
        let lines = cell.bytes.split(omittingEmptySubsequences: true) {
            $0 == Byte.lineFeed || $0 == Byte.carriageReturn
        }
        return lines.dropFirst().contains { line in
            let delimiters = line.reduce(0) { $1 == delimiter ? $0 + 1 : $0 }
            return delimiters >= max(3, columns / 2) || delimiters >= 2 && hasNumber(line)
        }
    }

    private static func hasNumber(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        var digits = 0
        for byte in line {
            digits = (Byte.zero...Byte.nine).contains(byte) ? digits + 1 : 0
            if digits >= digitsOfNumber { return true }
        }
        return false
    }
}
