import Errors
import Signing

/// A secret order of a list's indexes: the n-th certificate gets the n-th of them, so indexes look drawn
/// at random, none comes twice, and nothing has to be kept but a counter.
///
/// A Feistel network whose round functions are tables filled from HMAC-SHA-256, so that an index costs
/// a few look-ups.
package struct StatusPermutation: Sendable {
    private static let roundCount = 10
    private let halfBits: Int
    private let mask: Int
    private let tables: [UInt32]

    /// Sizes that can be permuted: 4, 16, … up to 2^24.
    package static func isSize(_ size: Int) -> Bool {
        (4...(1 << 24)).contains(size) && size.nonzeroBitCount == 1 && size.trailingZeroBitCount.isMultiple(of: 2)
    }

    /// - Parameters:
    ///   - size: entries of the list, a power of 4.
    ///   - key: 32 secret bytes.
    package init(size: Int, key: [UInt8]) throws(SigningError) {
        guard Self.isSize(size), key.count == 32 else {
            throw SigningError(
                .malformedKey, zh: "状态列表的大小应为 4 的幂，其密钥应为 32 字节",
                en: "a status list has a power of 4 as its size and a key of 32 bytes")
        }
        halfBits = size.trailingZeroBitCount / 2
        mask = (1 << halfBits) - 1
        let hmac = try HMACSHA256(key: key)
        var values: [UInt32] = []
        let count = Self.roundCount << halfBits
        values.reserveCapacity(count + 8)
        var block = 0
        while values.count < count {
            let bytes = try hmac.authenticationCode(for: Array("status list order \(block)".utf8))
            for start in stride(from: 0, to: bytes.count, by: 4) {
                // bounded: half of 24 bits; a code's length is a multiple of 4.
                values.append(bytes[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) } & UInt32(mask))
            }
            block += 1
        }
        // bounded: so many at least were made.
        tables = Array(values[..<count])
    }

    /// - Parameter counter: how many indexes were taken before; less than the list's size.
    package func index(_ counter: Int) -> Int {
        var (left, right) = (counter >> halfBits, counter & mask)
        for round in 0..<Self.roundCount {
            // bounded: of 32 bits.
            (left, right) = (right, left ^ Int(tables[round << halfBits | right]))
        }
        return left << halfBits | right
    }
}
