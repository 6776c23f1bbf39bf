import Credential
import Encodings
import Errors
import Signing
import Store
import WebAuthn

/// A key by which somebody may approve, for whom and for how long.
package struct Approver: Hashable, Sendable {
    package enum Key: Hashable, Sendable {
        /// A passkey's public key (COSE_Key), its counter when it was added, and whether it may exist on several devices.
        case passkey(cose: [UInt8], counter: UInt32, isBackupEligible: Bool)
        /// SubjectPublicKeyInfo of a key in a file or on a token.
        case file(spki: [UInt8])
    }

    package let account: AccountID
    /// The passkey's id, or the kid.
    package let credential: [UInt8]
    package let key: Key
    /// Nil for all.
    package let institutions: [InstitutionID]?
    /// Seconds since 1970; `until` is the first at which it is not good any more.
    package let from: Int
    package let until: Int?
    package var endedAt: Int?

    package init(
        account: AccountID, credential: [UInt8], key: Key, institutions: [InstitutionID]?, from: Int, until: Int?,
        endedAt: Int? = nil
    ) {
        (self.account, self.credential, self.key) = (account, credential, key)
        (self.institutions, self.from, self.until, self.endedAt) = (institutions, from, until, endedAt)
    }

    package init(_ passkey: Passkey, institutions: [InstitutionID]?, from: Int, until: Int?) {
        self.init(
            account: passkey.account, credential: passkey.id,
            key: .passkey(
                cose: passkey.cose, counter: UInt32(clamping: passkey.counter),
                isBackupEligible: passkey.isBackupEligible),
            institutions: institutions, from: from, until: until)
    }

    package init(_ key: PublicKey, of account: AccountID, institutions: [InstitutionID]?, from: Int, until: Int?) {
        self.init(
            account: account, credential: key.kid.bytes, key: .file(spki: key.spki), institutions: institutions,
            from: from, until: until)
    }

    package var publicKeyBytes: [UInt8] {
        switch key {
        case .passkey(let cose, _, _): cose
        case .file(let spki): spki
        }
    }

    package var isPasskey: Bool { if case .passkey = key { true } else { false } }

    package func isGood(at time: Int) -> Bool {
        from <= time && until.map { time < $0 } ?? true && endedAt.map { time < $0 } ?? true
    }

    /// By which the record of acts names it.
    package var recordName: String {
        get throws(SigningError) { Hex.encode(try SHA256.digest(credential).prefix(16)) }
    }

    /// What the record has of it: SHA-256 over all but its end.
    package var digest: [UInt8] {
        get throws(SigningError) {
            let kind =
                switch key {
                case .passkey(_, let counter, let isBackupEligible): "passkey \(counter) \(isBackupEligible)"
                case .file: "file"
                }
            let scope = institutions.map { $0.map(\.text).joined(separator: " ") } ?? "all"
            let texts = [kind, scope, "\(from)", until.map(String.init) ?? ""]
            return try SHA256.digest(
                Self.framed([account.bytes, credential, publicKeyBytes] + texts.map { Array($0.utf8) }))
        }
    }

    /// Sixteen digits in groups of four, which its owner and whoever adds it compare by telephone.
    package var fingerprint: String {
        get throws(SigningError) {
            try Self.fingerprint(of: publicKeyBytes, credential: credential, account: account)
        }
    }

    /// Of a passkey that may be added.
    package static func fingerprint(of passkey: Passkey) throws(SigningError) -> String {
        try fingerprint(of: passkey.cose, credential: passkey.id, account: passkey.account)
    }

    package static func fingerprint(
        of key: [UInt8], credential: [UInt8], account: AccountID
    ) throws(SigningError) -> String {
        let digest = try SHA256.digest(framed([account.bytes, credential, key]))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 10_000_000_000_000_000
        let digits = String(number)
        return StatementLines.grouped(String(repeating: "0", count: 16 - digits.count) + digits)
    }

    private static func framed(_ parts: [[UInt8]]) -> [UInt8] {
        parts.flatMap { part in (0..<8).map { UInt8(truncatingIfNeeded: part.count >> (56 - 8 * $0)) } + part }
    }
}
