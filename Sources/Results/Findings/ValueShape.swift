import Credential
import Errors

/// What a value looks like, without the value: fit for logs and reports about identity numbers.
package struct ValueShape: Codable, Hashable, Sendable {
    package let digits: Int
    package let letters: Int
    package let chineseCharacters: Int
    package let spaces: Int
    package let others: Int

    package var length: Int { digits + letters + chineseCharacters + spaces + others }

    package init(of text: String) {
        var text = text
        self = text.withUTF8 { Self(of: UnsafeRawBufferPointer($0)) }
    }

    /// Counts characters of UTF-8 by their first bytes.
    init(of bytes: UnsafeRawBufferPointer) {
        var (digits, letters, chinese, spaces, others) = (0, 0, 0, 0, 0)
        for byte in bytes {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x41...0x5A, 0x61...0x7A: letters += 1
            case 0x20: spaces += 1
            case 0x80...0xBF: break
            case 0xE4...0xE9, 0xF0: chinese += 1
            default: others += 1
            }
        }
        (self.digits, self.letters, chineseCharacters, self.spaces, self.others) =
            (digits, letters, chinese, spaces, others)
    }

    package var text: BilingualText { BilingualText(zh: chinese, en: english) }

    /// Such as `18 characters: 17 digits, 1 letter`.
    private var english: String {
        let parts = [
            (digits, "digit"), (letters, "letter"), (chineseCharacters, "Chinese character"), (spaces, "space"),
            (others, "other character"),
        ].filter { $0.0 > 0 }.map { Self.counted($0.0, $0.1) }
        return "\(Self.counted(length, "character")): \(parts.joined(separator: ", "))"
    }

    /// Such as `18 个字符：17 个数字、1 个字母`.
    private var chinese: String {
        let parts = [
            (digits, "个数字"), (letters, "个字母"), (chineseCharacters, "个汉字"), (spaces, "个空格"), (others, "个其他字符"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(length) 个字符：\(parts.joined(separator: "、"))"
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension ValueShape: CustomStringConvertible {
    package var description: String { english }
}
