import Encodings
import Errors

/// Which passwords are taken: long ones that nobody guesses first (NIST SP 800-63B-4 §3.1.1.2). What characters they are
/// made of is nobody's business.
package enum PasswordRules {
    package static let (leastCharacters, mostBytes) = (12, 1024)
    /// Of a guessed password with something behind or before it.
    private static let mostBeside = 4
    private static let leastDifferent = 5
    private static let longestUnit = 6

    private static let common: Set<String> = Set(
        String(decoding: PackageResources.common_passwords_txt, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map(String.init))

    /// - Parameter words: that somebody who knows the person tries first: names.
    /// - Throws: ``AccountErrorCode/weakPassword``.
    package static func check(_ password: String, words: [String]) throws {
        guard password.count >= leastCharacters else {
            throw weak(
                zh: "密码至少 \(leastCharacters) 个字符；可以用几个词连成一句",
                en: "a password has \(leastCharacters) characters at least; several words will do")
        }
        guard password.utf8.count <= mostBytes, SafeText.isSafe(password) else {
            throw weak(zh: "密码太长，或含有不能显示的字符", en: "the password is too long, or has characters that cannot be shown")
        }
        let lower = password.lowercased()
        guard !isCommon(lower), !isRepeated(lower), Set(lower).count >= leastDifferent else {
            throw weak(
                zh: "这个密码太常见，会最先被猜到；请换一个", en: "this password is among the first that are guessed; choose another")
        }
        let known = words.map { $0.lowercased() }.filter { $0.count >= 2 }
        guard !known.contains(where: { word in lower.replacing(word, with: "").count < leastCharacters / 2 }) else {
            throw weak(zh: "这个密码差不多就是您的名字；请换一个", en: "this password is little more than your name; choose another")
        }
    }

    private static func isCommon(_ lower: String) -> Bool {
        (0...mostBeside).contains { count in
            common.contains(String(lower.dropLast(count))) || common.contains(String(lower.dropFirst(count)))
        }
    }

    /// Such as `abcabcabcabc`.
    private static func isRepeated(_ lower: String) -> Bool {
        (1...longestUnit).contains { size in
            let unit = lower.prefix(size)
            return String(repeating: String(unit), count: lower.count / size + 1).hasPrefix(lower)
        }
    }

    private static func weak(zh: String, en: String) -> AccountError { AccountError(.weakPassword, zh: zh, en: en) }
}

/// What somebody types to sign in by password.
package enum SignInName {
    /// - Throws: ``AccountErrorCode/badSignInName``.
    package static func checked(_ text: String) throws -> String {
        guard text.wholeMatch(of: #/[a-z0-9][a-z0-9._-]{1,31}/#) != nil else {
            throw AccountError(
                .badSignInName, zh: "登录名用 2 至 32 个小写字母、数字、点或连字符，如 wang.haiyan",
                en: "a sign-in name has 2 to 32 small letters, digits, dots or hyphens, such as wang.haiyan")
        }
        return text
    }
}
