import Spreadsheets

/// Writes CSV that a spreadsheet program may open without running any of it.
package struct CSVWriter: Sendable {
    /// Written so far; take it away with ``take()`` when a file is large.
    private var bytes: [UInt8] = []

    /// - Parameter byteOrderMark: without one, spreadsheet programs take UTF-8 for GBK.
    package init(byteOrderMark: Bool = true) {
        if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    }

    /// Appends a record, ended by CRLF (RFC 4180).
    package mutating func append(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(Byte.comma) }
            append(FormulaGuard.neutralised(cell), isOnly: cells.count == 1)
        }
        bytes.append(Byte.carriageReturn)
        bytes.append(Byte.lineFeed)
    }

    /// What was written since the last time.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// - Parameter isOnly: a record that is one empty cell would read as a blank line, so it is quoted.
    private mutating func append(_ cell: String, isOnly: Bool) {
        let special: [UInt8] = [Byte.comma, Byte.quote, Byte.carriageReturn, Byte.lineFeed, Byte.tab, Byte.semicolon]
        let utf8 = cell.utf8
        let isPadded = utf8.first == Byte.space || utf8.last == Byte.space
        guard utf8.contains(where: { special.contains($0) }) || isPadded || isOnly && cell.isEmpty else {
            bytes.append(contentsOf: utf8)
            return
        }
        bytes.append(Byte.quote)
        for byte in utf8 {
            if byte == Byte.quote { bytes.append(Byte.quote) }
            bytes.append(byte)
        }
        bytes.append(Byte.quote)
    }
}
