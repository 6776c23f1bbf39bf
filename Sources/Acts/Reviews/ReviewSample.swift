import Encodings
import Signing

/// Which rows of a batch somebody compares with the record of the exam: drawn after it was sent in, so that whoever made
/// it could not know them.
package enum ReviewSample {
    package static let seedByteCount = 32
    /// Were this share of the rows wrong, one of them at least would be in the sample with this certainty.
    package static let (wrongPercent, certaintyPercent) = (5, 95)

    /// The least number of rows that keeps that promise, drawn without putting back: the chance that none of the wrong
    /// ones is among them (hypergeometric distribution) is what certainty leaves, or less.
    package static func size(of count: Int) -> Int {
        guard count > 0 else { return 0 }
        let wrong = (count * wrongPercent + 99) / 100
        let left = Double(100 - certaintyPercent) / 100
        var (size, chance) = (0, 1.0)
        while chance > left, size < count {
            chance *= Double(max(0, count - wrong - size)) / Double(count - size)
            size += 1
        }
        return size
    }

    /// Anybody who has the seed draws the same rows: those whose SHA-256 of seed and number (8 bytes, big-endian) is least.
    ///
    /// - Returns: in ascending order.
    package static func draw(_ size: Int, of rows: [Int], seed: [UInt8]) throws(SigningError) -> [Int] {
        var ranked: [(rank: [UInt8], row: Int)] = []
        for row in rows {
            let number = withUnsafeBytes(of: Int64(row).bigEndian) { Array($0) }
            ranked.append((try SHA256.digest(seed + number), row))
        }
        ranked.sort { $0.rank.lexicographicallyPrecedes($1.rank) }
        return ranked.prefix(size).map(\.row).sorted()
    }
}
