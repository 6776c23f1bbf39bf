/// Base32 (RFC 4648 §6), as apps take secrets of codes. Without padding.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var (buffer, bitCount, text) = (0, 0, [UInt8]())
        for byte in bytes {
            buffer = buffer << 8 & 0xFFF | Int(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                // bounded: five bits.
                text.append(alphabet[buffer >> bitCount & 31])
            }
        }
        if bitCount > 0 { text.append(alphabet[buffer << (5 - bitCount) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
