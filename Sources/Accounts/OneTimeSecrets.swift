import Encodings
import Errors
import Signing
import Store

/// A link by which somebody makes a passkey, shown once: only its digest is kept.
package struct NewEnrolmentLink: Sendable {
    /// For how long it is good.
    package static let seconds = 72 * 3600

    package let record: EnrolmentLink
    /// 32 random bytes, base64url. In a link it stands behind `#`, so that no log has it.
    package let token: String

    package init(for account: AccountID, at time: Int, lasting seconds: Int = seconds) throws {
        token = Base64URL.encode(try SecureRandom.bytes(32))
        record = EnrolmentLink(digest: try SHA256.digest(token.utf8), account: account, expiresAt: time + seconds)
    }
}

/// What lets somebody make a new passkey who has lost the others, each once: only digests are kept.
package struct RecoveryCodes: Sendable {
    package static let count = 8
    /// Of five bits each: 80 bits, too many to guess, so that a plain digest is enough.
    private static let characters = 16

    /// In groups, to be written down.
    package let codes: [String]
    package let digests: [[UInt8]]

    package init() throws {
        let codes = try (0..<Self.count).map { _ in
            CrockfordBase32.encode(random: try SecureRandom.bytes(Self.characters))
        }
        self.codes = codes.map { CrockfordBase32.grouped($0, by: 4) }
        digests = try codes.map { try SHA256.digest($0.utf8) }
    }

    /// Nil for what is no such code, however it was typed.
    package static func digest(typed text: String) throws -> [UInt8]? {
        guard text.utf8.count <= 64, let code = CrockfordBase32.normalised(text), code.utf8.count == characters else {
            return nil
        }
        return try SHA256.digest(code.utf8)
    }
}

extension Account {
    private static let longestName = 60

    /// An account of somebody who has no passkey yet.
    ///
    /// - Throws: ``AccountErrorCode/badName``.
    package static func invited(_ name: String, at time: Int) throws -> Account {
        guard (1...longestName).contains(name.count), SafeText.isSafe(name), name.contains(where: { !$0.isWhitespace })
        else {
            throw AccountError(
                .badName, zh: "姓名须为 1 至 \(longestName) 个字，写在一行里",
                en: "a name has 1 to \(longestName) characters on one line")
        }
        // The type's own count of bytes.
        let id = AccountID(bytes: try SecureRandom.bytes(AccountID.byteCount))!
        return Account(
            id: id, handle: try SecureRandom.bytes(32), name: name, state: .invited, createdAt: time)
    }
}
