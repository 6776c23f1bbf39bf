import Credential
import Encodings

/// Of somebody who works with the portal. Random, and what the record of acts names them by.
package struct AccountID: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 16
    package let bytes: [UInt8]

    /// Nil unless there are exactly 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Nil unless the text is 32 hexadecimal digits.
    package init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(String(hex)) else { return nil }
        self.init(bytes: bytes)
    }

    package var description: String { Hex.encode(bytes) }
}

/// A person who works with the portal.
package struct Account: Hashable, Sendable {
    package enum State: String, Sendable {
        /// Has no passkey yet.
        case invited
        case active
        case ended
    }

    package let id: AccountID
    /// 32 random bytes by which authenticators know the account (WebAuthn's user handle).
    package let handle: [UInt8]
    package var name: String
    package var state: State
    /// Goes up with each change, so that sessions from before it end.
    package var epoch: Int
    /// Seconds since 1970, as all instants here.
    package let createdAt: Int

    package init(id: AccountID, handle: [UInt8], name: String, state: State, epoch: Int = 1, createdAt: Int) {
        (self.id, self.handle, self.name, self.state) = (id, handle, name, state)
        (self.epoch, self.createdAt) = (epoch, createdAt)
    }
}

/// What an account may be for a time.
package struct AccountRole: Hashable, Sendable {
    /// As roles are called in the table of permissions.
    package let role: String
    /// Nil for all.
    package let institution: InstitutionID?
    package let from: CalendarDate
    /// The last day; nil for no end.
    package let until: CalendarDate?
    package let grantedBy: String

    package init(
        role: String, institution: InstitutionID?, from: CalendarDate, until: CalendarDate?, grantedBy: String
    ) {
        (self.role, self.institution, self.from) = (role, institution, from)
        (self.until, self.grantedBy) = (until, grantedBy)
    }
}

/// A way to make a first or another passkey, once. The token itself is kept by nobody here.
package struct EnrolmentLink: Hashable, Sendable {
    /// SHA-256 of the token. That is enough against guessing, as tokens are random and long.
    package let digest: [UInt8]
    package let account: AccountID
    package let expiresAt: Int

    package init(digest: [UInt8], account: AccountID, expiresAt: Int) {
        (self.digest, self.account, self.expiresAt) = (digest, account, expiresAt)
    }
}

/// A passkey of an account (Web Authentication's credential record).
package struct Passkey: Hashable, Sendable {
    package let id: [UInt8]
    package let account: AccountID
    /// The public key, as COSE_Key.
    package let cose: [UInt8]
    package let counter: Int
    package let isBackupEligible: Bool
    package let transports: [String]
    /// What its owner calls it.
    package let label: String
    package let addedAt: Int
    package let usedAt: Int?
    /// When its counter did not rise, so that two devices may have the key.
    package let doubtedAt: Int?

    package init(
        id: [UInt8], account: AccountID, cose: [UInt8], counter: Int, isBackupEligible: Bool, transports: [String],
        label: String, addedAt: Int, usedAt: Int? = nil, doubtedAt: Int? = nil
    ) {
        (self.id, self.account, self.cose, self.counter) = (id, account, cose, counter)
        (self.isBackupEligible, self.transports, self.label) = (isBackupEligible, transports, label)
        (self.addedAt, self.usedAt, self.doubtedAt) = (addedAt, usedAt, doubtedAt)
    }
}

/// Somebody who has signed in, on any server. The token itself is kept by nobody here.
package struct StaffSession: Hashable, Sendable {
    /// Without a request for so long, it has ended.
    package static let idleSeconds = 1800
    /// A request is written down at most so often.
    package static let seenSeconds = 60

    package enum Method: String, Sendable {
        case passkey, password
    }

    /// SHA-256 of the token.
    package let digest: [UInt8]
    package let account: AccountID
    /// The account's, at the beginning.
    package let epoch: Int
    package let begunAt: Int
    package let seenAt: Int
    package let endsAt: Int
    package let method: Method
    /// What the browser calls itself, in a few words; empty when it does not say.
    package let device: String

    package init(
        digest: [UInt8], account: AccountID, epoch: Int, begunAt: Int, seenAt: Int, endsAt: Int,
        method: Method = .passkey, device: String = ""
    ) {
        (self.digest, self.account, self.epoch) = (digest, account, epoch)
        (self.begunAt, self.seenAt, self.endsAt) = (begunAt, seenAt, endsAt)
        (self.method, self.device) = (method, device)
    }
}

/// What a browser was asked to have signed.
package struct PasskeyChallenge: Hashable, Sendable {
    package enum Purpose: String, Sendable {
        case enrol
        case signIn = "sign-in"
        /// To sign a statement.
        case approve
    }

    /// SHA-256 of the browser's cookie.
    package let browser: [UInt8]
    package let purpose: Purpose
    package let challenge: [UInt8]
    /// Whose passkey is to be made; nil at sign-in, which tells it.
    package let account: AccountID?
    /// What is to be signed, of which the challenge is the digest; empty for other purposes.
    package let statement: [UInt8]
    package let expiresAt: Int

    package init(
        browser: [UInt8], purpose: Purpose, challenge: [UInt8], account: AccountID?, statement: [UInt8] = [],
        expiresAt: Int
    ) {
        (self.browser, self.purpose, self.challenge) = (browser, purpose, challenge)
        (self.account, self.statement, self.expiresAt) = (account, statement, expiresAt)
    }
}
