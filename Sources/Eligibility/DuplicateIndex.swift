/// Finds rows of a sheet that have the same key, in about 40 bytes a row and without a heap object
/// for any.
///
/// Fed with person + occupation + level and the row's content, it finds 23 and 24; fed with the
/// person and the name, 21.
package struct DuplicateIndex: Sendable {
    /// A hash, or two: rows with the same key are taken to be about the same.
    package struct Key: Hashable, Sendable {
        fileprivate let high: UInt64
        fileprivate let low: UInt64

        package init(_ hash: UInt64) {
            high = hash
            low = 0
        }

        private init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }

        /// The key of one of a few things that belong to what this is the key of.
        package func mixed(with hash: UInt64) -> Key { Key(high: high, low: low ^ hash) }
    }

    package enum Answer: Hashable, Sendable {
        case first
        /// As an earlier row, the first with its key.
        case repeated(of: Int)
        /// Unlike an earlier row with its key. `earlier` are the rows that this has just drawn in,
        /// those found to repeat included; empty when all were reported before.
        case contradicts(earlier: [Int])
    }

    private struct Entry {
        let key: Key
        let content: UInt64
        let row: UInt32
        /// The next entry with this key, by position from 1; the newest leads back to the first. Its
        /// high bit marks the newest entry of a key that is contradicted.
        var link: UInt32
    }

    private static let contradicted: UInt32 = 1 << 31
    private static let segmentLength = 1 << 14

    /// In segments, as growing one array would hold it twice for a while.
    private var segments: [[Entry]] = []
    private let segmentCapacity: Int
    private var count = 0
    /// Positions from 1 of the newest entry of each key; 0 is free. A power of two in size.
    private var slots: [UInt32]
    private var usedSlots = 0

    /// - Parameter expectedCount: about how many rows there will be.
    package init(expectedCount: Int = 0) {
        var slotCount = 1 << 10
        while slotCount * 3 < expectedCount * 4 { slotCount *= 2 }
        slots = [UInt32](repeating: 0, count: slotCount)
        segmentCapacity = expectedCount == 0 ? Self.segmentLength : min(expectedCount, Self.segmentLength)
    }

    /// - Parameters:
    ///   - content: a hash of what must not differ.
    ///   - sheetRow: greater than those before.
    package mutating func insert(key: Key, content: UInt64, sheetRow: Int) -> Answer {
        // 31 bits of positions: a spreadsheet has far fewer rows.
        precondition(count < Int(Self.contradicted) - 1 && sheetRow >= 0 && sheetRow <= UInt32.max)
        let slot = self.slot(for: key)
        let newest = slots[slot]
        let position = UInt32(count + 1)
        guard newest > 0 else {
            append(Entry(key: key, content: content, row: UInt32(sheetRow), link: position))
            slots[slot] = position
            growIfNeeded()
            return .first
        }
        let previous = entry(newest)
        let first = previous.link & ~Self.contradicted
        let wasContradicted = previous.link & Self.contradicted != 0
        let isContradicted = wasContradicted || previous.content != content
        let answer: Answer =
            if !isContradicted {
                .repeated(of: Int(entry(first).row))
            } else {
                .contradicts(earlier: wasContradicted ? [] : rows(from: first, through: newest))
            }
        setLink(of: newest, to: position)
        append(
            Entry(
                key: key, content: content, row: UInt32(sheetRow),
                link: isContradicted ? first | Self.contradicted : first))
        slots[slot] = position
        return answer
    }

    /// All rows with a key, in the sheet's order.
    package func rows(of key: Key) -> [Int] {
        let newest = slots[slot(for: key)]
        guard newest > 0 else { return [] }
        return rows(from: entry(newest).link & ~Self.contradicted, through: newest)
    }

    private func rows(from first: UInt32, through newest: UInt32) -> [Int] {
        var rows: [Int] = []
        var next = first
        while true {
            let entry = entry(next)
            rows.append(Int(entry.row))
            if next == newest { return rows }
            next = entry.link & ~Self.contradicted
        }
    }

    private mutating func setLink(of position: UInt32, to link: UInt32) {
        let index = Int(position) - 1
        segments[index / Self.segmentLength][index % Self.segmentLength].link = link
    }

    private func entry(_ position: UInt32) -> Entry {
        let index = Int(position) - 1
        return segments[index / Self.segmentLength][index % Self.segmentLength]
    }

    private mutating func append(_ entry: Entry) {
        if count.isMultiple(of: Self.segmentLength) {
            segments.append([])
            segments[segments.count - 1].reserveCapacity(segmentCapacity)
        }
        segments[segments.count - 1].append(entry)
        count += 1
    }

    /// The slot that has the key, or the free one where it belongs.
    private func slot(for key: Key) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot] != 0, entry(slots[slot]).key != key { slot = (slot + 1) & mask }
        return slot
    }

    /// Keeps at least a quarter of the slots free.
    private mutating func growIfNeeded() {
        usedSlots += 1
        guard usedSlots * 4 > slots.count * 3 else { return }
        let old = slots
        slots = [UInt32](repeating: 0, count: old.count * 2)
        for position in old where position != 0 { slots[slot(for: entry(position).key)] = position }
    }

    private static func hash(_ key: Key) -> Int {
        let folded = key.high ^ key.low
        return Int(truncatingIfNeeded: ((folded ^ folded >> 32) &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
