import Encodings
import Errors

/// Bytes as decimal digits, which a QR code's numeric segment packs at 8.1 bits a byte: every 7 bytes
/// become 17 digits, a tail of 1…6 bytes 3, 5, 8, 10, 13 or 15.
package enum DecimalDigits {
    package static let maximumDigitCount = 4096
    private static let groupByteCount = 7
    private static let groupDigitCount = 17
    /// Indexed by the number of bytes in the tail.
    private static let tailDigitCounts = [0, 3, 5, 8, 10, 13, 15]

    package static func encode(_ bytes: [UInt8]) -> String {
        let digitCount =
            bytes.count / groupByteCount * groupDigitCount + tailDigitCounts[bytes.count % groupByteCount]
        return String(unsafeUninitializedCapacity: digitCount) { output in
            var end = 0
            for start in stride(from: 0, to: bytes.count, by: groupByteCount) {
                let count = min(groupByteCount, bytes.count - start)
                var value: UInt64 = 0
                // bounded: counts are not below 0.
                for i in start..<(start + count) { value = value << 8 | UInt64(bytes[i]) }
                let width = count == groupByteCount ? groupDigitCount : tailDigitCounts[count]
                for place in stride(from: end + width - 1, through: end, by: -1) {
                    // bounded: one digit.
                    output[place] = 0x30 + UInt8(value % 10)
                    value /= 10
                }
                end += width
            }
            return end
        }
    }

    /// Strict: the one spelling of some bytes, and nothing else.
    package static func decode(_ digits: some Collection<UInt8>) throws(FormatError) -> [UInt8] {
        let result = digits.withContiguousStorageIfAvailable { digits in
            Result { () throws(FormatError) in try decode(contiguous: digits) }
        }
        if let result { return try result.get() }
        return try decode(Array(digits))
    }

    private static func decode(contiguous digits: UnsafeBufferPointer<UInt8>) throws(FormatError) -> [UInt8] {
        guard digits.count <= maximumDigitCount else {
            throw FormatError(
                .tooLong, zh: "有 \(digits.count) 位数字；证书二维码最多 \(maximumDigitCount) 位",
                en: "\(digits.count) digits; a seal has at most \(maximumDigitCount)")
        }
        guard let tailByteCount = tailDigitCounts.firstIndex(of: digits.count % groupDigitCount), !digits.isEmpty else {
            throw FormatError(
                .truncated, zh: "\(digits.count) 位数字不是完整的证书二维码；请重新扫描或复制",
                en: "\(digits.count) digits are not a whole seal; scan or copy it again")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / groupDigitCount * groupByteCount + tailByteCount)
        for start in stride(from: 0, to: digits.count, by: groupDigitCount) {
            // bounded: the start lies within the digits.
            let group = start..<min(start + groupDigitCount, digits.count)
            var value: UInt64 = 0
            for i in group {
                let digit = digits[i] &- 0x30
                guard digit <= 9 else {
                    throw FormatError(
                        .notDigits, zh: "数字之间有不是数字的字符", en: "a character that is no digit stands among the digits")
                }
                value = value &* 10 &+ UInt64(digit)
            }
            let byteCount = group.count == groupDigitCount ? groupByteCount : tailByteCount
            guard value < 1 << UInt64(8 * byteCount) else {
                throw FormatError(.notCanonical, zh: "有一组数字超出其字节范围", en: "a group of digits exceeds its bytes")
            }
            for shift in stride(from: 8 * (byteCount - 1), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
            }
        }
        return bytes
    }
}
