import Encodings
import Errors
import Signing
import Store

/// What can be approved by a signature. The raw values are part of the format.
package enum StatementAct: String, Sendable, CaseIterable {
    case issue, reissue, status, correct, reprint, erase, registry, keys, looks, roles, approver, log, supervision
}

/// What somebody signs to approve something: exactly these bytes. docs/formats/approvals.md specifies them.
package struct Statement: Hashable, Sendable {
    /// For how long after it was made it may be signed, in seconds: on a page, and as a file that is carried elsewhere.
    package static let (pageSeconds, fileSeconds) = (600, 86_400)
    static let (randomCount, mostLineBytes, mostCredentialBytes) = (16, 1 << 15, 1023)

    /// Of the installation's root key.
    package let root: KeyID
    package let act: StatementAct
    /// SHA-256 of what is approved.
    package let subjectDigest: [UInt8]
    /// What the person reads, a line each.
    package let lines: [String]
    package let account: AccountID
    /// The id of the passkey, or of the key, that is to sign.
    package let credential: [UInt8]
    /// The last act on record when it was made, and its hash: it cannot have been made before.
    package let sequence: Int
    package let hash: [UInt8]
    /// Seconds since 1970.
    package let time: Int
    package let random: [UInt8]

    /// - Throws: ``ApprovalErrorCode/malformed`` for what no statement has.
    package init(
        root: KeyID, act: StatementAct, subjectDigest: [UInt8], lines: [String], account: AccountID,
        credential: [UInt8], sequence: Int, hash: [UInt8], time: Int, random: [UInt8]
    ) throws(ApprovalError) {
        (self.root, self.act, self.subjectDigest, self.lines) = (root, act, subjectDigest, lines)
        (self.account, self.credential, self.sequence, self.hash) = (account, credential, sequence, hash)
        (self.time, self.random) = (time, random)
        try check()
    }

    private func check() throws(ApprovalError) {
        guard subjectDigest.count == SHA256Hasher.digestByteCount, hash.count == SHA256Hasher.digestByteCount else {
            throw .malformed("the length of a digest")
        }
        guard random.count == Self.randomCount else { throw .malformed("the random bytes") }
        guard (1...Self.mostCredentialBytes).contains(credential.count) else { throw .malformed("the key's id") }
        guard sequence >= 0, time >= 0 else { throw .malformed("a number") }
        let isReadable = lines.allSatisfy { !$0.isEmpty && SafeText.isSafe($0) }
        guard !lines.isEmpty, isReadable, text.utf8.count <= Self.mostLineBytes else { throw .malformed("the lines") }
    }

    /// The lines as one text; each ends with a line feed.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// What a passkey is asked to sign.
    package var challenge: [UInt8] { get throws(SigningError) { try SHA256.digest(bytes) } }
}
