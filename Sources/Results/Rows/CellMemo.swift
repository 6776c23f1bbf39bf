import Glibc
import Spreadsheets

/// Remembers what cells of a column came to: in most columns few different values recur.
struct CellMemo<Value> {
    private struct Entry {
        let bytes: [UInt8]
        let kind: SheetCell.Kind
        let value: Value
        let findings: [Finding]
    }

    private static var slotCount: Int { 8 }
    private var entries: [Entry?] = Array(repeating: nil, count: slotCount)

    /// The value of a cell, read with `read` unless an equal cell was read before.
    mutating func value(
        of cell: RawCell, into findings: inout RowFindings, read: (RawCell, inout RowFindings) -> Value
    ) -> Value {
        let slot = Self.slot(of: cell.bytes)
        if let entry = entries[slot], entry.kind == cell.kind,
            entry.bytes.withUnsafeBytes({ Self.areEqual($0, cell.bytes) })
        {
            if !entry.findings.isEmpty { findings.repeatFindings(entry.findings) }
            return entry.value
        }
        let before = findings.list.count
        let value = read(cell, &findings)
        entries[slot] = Entry(
            bytes: Array(cell.bytes), kind: cell.kind, value: value, findings: Array(findings.list[before...]))
        return value
    }

    private static func slot(of bytes: UnsafeRawBufferPointer) -> Int {
        guard let last = bytes.last else { return 0 }
        return (bytes.count &+ Int(last) &+ Int(bytes[bytes.count / 2])) & (slotCount - 1)
    }

    private static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        guard a.count == b.count else { return false }
        guard let first = a.baseAddress, let second = b.baseAddress else { return true }
        return memcmp(first, second, a.count) == 0
    }
}
