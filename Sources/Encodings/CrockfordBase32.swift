/// Codes that people read out and type (Crockford's Base32): no letter looks like a digit.
package enum CrockfordBase32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// As many characters as there are bytes, of five random bits each.
    package static func encode(random bytes: [UInt8]) -> String {
        // 32 divides 256, so each character is as likely.
        // bounded: five bits.
        String(decoding: bytes.map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }

    package static func grouped(_ code: String, by size: Int = 5) -> String {
        let characters = Array(code)
        return stride(from: 0, to: characters.count, by: size)
            .map { String(characters[$0..<min($0 + size, characters.count)]) }.joined(separator: "-")
    }

    /// Without spaces and hyphens, and with the digits that were meant; nil for anything else.
    package static func normalised(_ text: String) -> String? {
        var code: [UInt8] = []
        for byte in text.uppercased().utf8 where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") {
            let meant: UInt8 =
                switch byte {
                case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
                case UInt8(ascii: "O"): UInt8(ascii: "0")
                default: byte
                }
            guard alphabet.contains(meant) else { return nil }
            code.append(meant)
        }
        return String(decoding: code, as: UTF8.self)
    }
}
