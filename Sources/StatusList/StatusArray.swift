import Encodings
import Errors

/// Statuses packed into bytes, the first in the least significant bits (Token Status List §4.1).
package struct StatusArray: Equatable, Sendable {
    /// Inflated, a list has at most this many bytes: 2^24 entries of ours.
    package static let maximumByteCount = 1 << 22

    /// Bits of an entry: 1, 2, 4 or 8.
    package let bits: Int
    package private(set) var bytes: [UInt8]

    package var count: Int { bytes.count * (8 / bits) }

    package init(bits: Int, bytes: [UInt8]) throws(FormatError) {
        guard [1, 2, 4, 8].contains(bits) else {
            throw FormatError(
                .malformed, zh: "一个状态占 1、2、4 或 8 位，而不是 \(bits) 位", en: "a status has 1, 2, 4 or 8 bits, not \(bits)")
        }
        guard bytes.count <= Self.maximumByteCount else {
            throw FormatError(
                .tooLarge, zh: "状态列表最多 \(Self.maximumByteCount) 字节",
                en: "a status list has at most \(Self.maximumByteCount) bytes")
        }
        self.bits = bits
        self.bytes = bytes
    }

    /// Every entry 0; the count is rounded up to whole bytes.
    package init(bits: Int, count: Int) throws(FormatError) {
        let perByte = 8 / max(1, min(bits, 8))
        try self.init(bits: bits, bytes: [UInt8](repeating: 0, count: (count + perByte - 1) / perByte))
    }

    package init(bits: Int, deflated: [UInt8]) throws(FormatError) {
        try self.init(bits: bits, bytes: Zlib.inflated(deflated, limit: Self.maximumByteCount))
    }

    package func deflated() throws(FormatError) -> [UInt8] { try Zlib.deflated(bytes) }

    /// An index outside the list is an error, never "valid".
    package func status(at index: Int) throws(FormatError) -> UInt8 {
        guard (0..<count).contains(index) else {
            throw FormatError(
                .outOfRange, zh: "序号 \(index) 超出有 \(count) 项的列表",
                en: "index \(index) lies outside a list of \(count) entries")
        }
        let bit = index * bits
        // bounded: bits are at most 8.
        return bytes[bit >> 3] >> UInt8(bit & 7) & UInt8((1 << bits) - 1)
    }

    /// - Parameter status: at most ``bits`` bits of it are kept.
    package mutating func set(_ status: UInt8, at index: Int) throws(FormatError) {
        guard (0..<count).contains(index) else {
            throw FormatError(
                .outOfRange, zh: "序号 \(index) 超出有 \(count) 项的列表",
                en: "index \(index) lies outside a list of \(count) entries")
        }
        // bounded: bits are at most 8.
        let (bit, mask) = (index * bits, UInt8((1 << bits) - 1))
        // bounded: at most 7.
        let shift = UInt8(bit & 7)
        bytes[bit >> 3] = bytes[bit >> 3] & ~(mask << shift) | (status & mask) << shift
    }
}
