import Encodings
import Errors
import Store

/// What an act would do, as whoever approves it sees it before it is done. A dry run is one, and to approve is to name its
/// digest.
package struct Proposal: Sendable {
    package enum Kind: String, Sendable { case batch, look, campaign, status, registry, key }

    package let kind: Kind
    /// SHA-256 of all that would be done.
    package let digest: [UInt8]
    /// Of what would be changed: certificates, lines of the registry, or keys.
    package let count: Int
    /// For people, in both languages, a line each.
    package let summary: [BilingualText]

    package init(_ kind: Kind, digest: [UInt8], count: Int, summary: [BilingualText]) {
        (self.kind, self.digest, self.count, self.summary) = (kind, digest, count, summary)
    }

    /// In hexadecimal, as it is typed.
    package var name: String { Hex.encode(digest) }

    /// - Parameter approved: the digest that somebody approved; nil where the act is its own approval.
    package func require(_ approved: [UInt8]?) throws {
        guard let approved, approved != digest else { return }
        throw Refusal(
            .conflict, zh: "批准的内容与现在的不同，未作任何更改。请重新查看后再批准。",
            en:
                "what was approved is not what would be done now; nothing was changed. Look at it again and approve that"
        )
    }
}
