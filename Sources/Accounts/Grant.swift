/// How far a role may go with an act.
package struct Grant: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case may = "y"
        /// With a sign-in that is not older than five minutes.
        case fresh = "f"
        /// With a signature of the own passkey.
        case signed = "s"
        /// May propose what another decides.
        case proposes = "p"
    }

    package enum Limit: String, Sendable {
        /// What the account itself did or began.
        case own
        /// The visits that the account was drawn for.
        case visits
    }

    package let kind: Kind
    /// Whether proposer and decider must be two persons.
    package let needsAnother: Bool
    package let needsFreshSignIn: Bool
    package let limit: Limit?

    /// - Parameter code: as the table writes it: the kind, `f` after a kind for a fresh sign-in, `2` for two persons, and
    ///   a limit behind a space. Nil for what is no grant.
    init?(_ code: String) {
        let parts = code.split(separator: " ")
        guard let letters = parts.first, let first = letters.first, let kind = Kind(rawValue: String(first)) else {
            return nil
        }
        self.kind = kind
        needsAnother = letters.dropFirst().contains("2")
        needsFreshSignIn = kind == .fresh || letters.dropFirst().contains("f")
        limit = parts.dropFirst().first.flatMap { Limit(rawValue: String($0)) }
        guard self.code == code else { return nil }
    }

    package var code: String {
        kind.rawValue + (needsFreshSignIn && kind != .fresh ? "f" : "") + (needsAnother ? "2" : "")
            + (limit.map { " " + $0.rawValue } ?? "")
    }
}
