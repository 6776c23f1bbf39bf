import AuditLog
import Errors
import Signing

/// Of what somebody signed. Later ones have higher numbers.
package struct EvidenceID: Hashable, Sendable {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }
}

/// A statement that somebody signed with a key of their own, and all that is needed to check that again for ever.
/// docs/formats/approvals.md specifies the parts.
package struct SignedStatement: Hashable, Sendable {
    /// What is approved, such as `issue`.
    package let act: String
    /// Of which thing, such as `submission 12`.
    package let subject: String
    /// SHA-256 of that thing's content.
    package let subjectDigest: [UInt8]
    package let statement: [UInt8]
    package let account: AccountID
    /// The passkey's id, or the identifier of a key that is no passkey.
    package let credential: [UInt8]
    /// What the authenticator and the browser say (Web Authentication Level 3 §6.1, §5.8.1); empty for a key that is no
    /// passkey.
    package let authenticatorData, clientDataJSON: [UInt8]
    package let signature: [UInt8]

    package init(
        act: String, subject: String, subjectDigest: [UInt8], statement: [UInt8], account: AccountID,
        credential: [UInt8], authenticatorData: [UInt8], clientDataJSON: [UInt8], signature: [UInt8]
    ) {
        (self.act, self.subject, self.subjectDigest, self.statement) = (act, subject, subjectDigest, statement)
        (self.account, self.credential, self.signature) = (account, credential, signature)
        (self.authenticatorData, self.clientDataJSON) = (authenticatorData, clientDataJSON)
    }

    /// What the record of acts has of it: SHA-256 over its parts, each preceded by its length in eight bytes.
    package var digest: [UInt8] {
        get throws(SigningError) { try EvidenceLine.digest(of: parts) }
    }

    package var parts: [[UInt8]] {
        [
            Array(act.utf8), Array(subject.utf8), subjectDigest, statement, account.bytes, credential,
            authenticatorData, clientDataJSON, signature,
        ]
    }
}

/// A signed statement in its place among all of them.
package struct ApprovalEvidence: Hashable, Sendable {
    package let id: EvidenceID
    package let signed: SignedStatement
    /// When it came in, in seconds since 1970.
    package let at: Int

    package init(id: EvidenceID, signed: SignedStatement, at: Int) {
        (self.id, self.signed, self.at) = (id, signed, at)
    }
}

/// What became of a signed statement, once and for all.
package struct EvidenceOutcome: Hashable, Sendable {
    package let at: Int
    /// Why nothing was done; nil when what it approves was.
    package let refusal: BilingualText?

    package init(at: Int, refusal: BilingualText? = nil) { (self.at, self.refusal) = (at, refusal) }
}
