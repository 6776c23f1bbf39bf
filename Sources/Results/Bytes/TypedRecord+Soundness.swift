extension TypedRecord {
    /// Cells of a record at most: one past the widest table shows that there are more.
    private static let mostCells = SheetLayout.maximumColumns + 1

    /// Whether these are whole records, of which each says truly how long it is. Asked of what another process wrote,
    /// before anything in it is read.
    static func areSound(_ bytes: UnsafeRawBufferPointer, count: Int) -> Bool {
        var (position, found) = (0, 0)
        while position < bytes.count {
            guard let next = end(ofRecordAt: position, in: bytes) else { return false }
            (position, found) = (next, found + 1)
        }
        return found == count
    }

    private static func end(ofRecordAt start: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let length = length(bytes, start), length >= 9, length <= bytes.count - start - 4,
            let cells = self.length(bytes, start + 9), cells <= mostCells
        else { return nil }
        let end = start + 4 + length
        var position = start + 13
        for _ in 0..<cells {
            guard position < end, let text = self.length(bytes, position + 1), text <= end - position - 5 else {
                return nil
            }
            position += 5 + text
        }
        return position == end ? end : nil
    }

    private static func length(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int? {
        guard offset <= bytes.count - 4 else { return nil }
        // bounded: of 32 bits.
        return Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
