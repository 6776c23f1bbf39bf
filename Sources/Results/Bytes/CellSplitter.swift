/// Cuts records into cells. Agrees with ``RecordScanner`` on where a record ends.
struct CellSplitter {
    private let delimiter: UInt8
    private let table: [UInt8]
    /// The cells of the record cut last; they point into the bytes given.
    private(set) var cells: [RawCell] = []
    /// Whether a quoted cell of the record cut last runs over line ends.
    private(set) var spansLines = false

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        table = ByteClass.table(delimiter: delimiter)
    }

    /// Cuts the record at `start` and returns the offset past its line end.
    mutating func split(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        cells.removeAll(keepingCapacity: true)
        spansLines = false
        var i = start
        while true {
            i = splitCell(bytes, from: i)
            guard i < bytes.count else { return i }
            if bytes[i] == delimiter {
                i += 1
                continue
            }
            let isPair = bytes[i] == Byte.carriageReturn && i + 1 < bytes.count && bytes[i + 1] == Byte.lineFeed
            return isPair ? i + 2 : i + 1
        }
    }

    /// Appends the cell at `start` and returns the offset of what ends it.
    private mutating func splitCell(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard start < bytes.count, bytes[start] == Byte.quote else {
            let (end, classes) = scanPlain(bytes, from: start)
            // bounded: the scan goes forward, and ends with the bytes.
            append(bytes[start..<end], classes)
            return end
        }
        let (close, hasDoubledMarks, hasLineEnd) = Self.endOfQuoted(bytes, openedAt: start)
        if hasLineEnd { spansLines = true }
        let (end, _) = scanPlain(bytes, from: close)
        if end == close, !hasDoubledMarks {
            // The ordinary quoted cell is what stands between its marks.
            // bounded: a closing mark stands behind the opening one.
            let content = bytes[(start + 1)..<max(start + 1, close - 1)]
            append(content, ByteClass.of(content, table: table).rawValue)
        } else {
            // bounded: the scan goes forward, and ends with the bytes.
            append(bytes[start..<end], ByteClass.quoted.rawValue | ByteClass.suspect.rawValue)
        }
        return end
    }

    private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>, _ classes: UInt8) {
        cells.append(
            RawCell(bytes: UnsafeRawBufferPointer(rebasing: bytes), classes: ByteClass(rawValue: classes)))
    }

    /// The end of a cell that is not quoted, and the classes of its bytes.
    private func scanPlain(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (end: Int, classes: UInt8) {
        table.withUnsafeBufferPointer { table in
            var i = start
            var seen: UInt8 = 0
            while i < bytes.count {
                let kind = table[Int(bytes[i])]
                if kind == ByteClass.boundary.rawValue { break }
                seen |= kind
                i += 1
            }
            return (i, seen)
        }
    }

    /// The offset past the closing mark, or the end of the bytes.
    private static func endOfQuoted(
        _ bytes: UnsafeRawBufferPointer, openedAt open: Int
    ) -> (end: Int, hasDoubledMarks: Bool, hasLineEnd: Bool) {
        var i = open + 1
        var (hasDoubledMarks, hasLineEnd) = (false, false)
        while i < bytes.count {
            if bytes[i] != Byte.quote {
                if bytes[i] == Byte.lineFeed || bytes[i] == Byte.carriageReturn { hasLineEnd = true }
                i += 1
            } else if i + 1 < bytes.count, bytes[i + 1] == Byte.quote {
                hasDoubledMarks = true
                i += 2
            } else {
                return (i + 1, hasDoubledMarks, hasLineEnd)
            }
        }
        // The record scanner refuses what is not closed; whatever comes here is kept as it stands.
        return (i, true, hasLineEnd)
    }
}
