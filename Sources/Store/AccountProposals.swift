package struct AccountProposalID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

/// A change of an account that needs a second administrator.
package struct AccountProposal: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        case roles([AccountRole])
        /// A link to make a passkey, for somebody who is an administrator.
        case link
    }

    /// For so long somebody may confirm it.
    package static let seconds = 7 * 86_400

    package let account: AccountID
    package let change: Change
    package let proposedBy: AccountID
    /// Seconds since 1970.
    package let proposedAt: Int

    package init(_ change: Change, of account: AccountID, by proposer: AccountID, at time: Int) {
        (self.change, self.account, proposedBy, proposedAt) = (change, account, proposer, time)
    }
}

package protocol AccountProposalReading {
    /// Nil for one that is decided or too old.
    func accountProposal(_ id: AccountProposalID, at time: Int) throws -> AccountProposal?
    /// Those that are open, the oldest first.
    func accountProposals(at time: Int) throws -> [(id: AccountProposalID, proposal: AccountProposal)]
    /// Since then, the newest first.
    func accountNews(since time: Int) throws -> [AccountNews]
}

package protocol AccountProposalWriting: AccountProposalReading {
    /// Instead of the account's earlier one, if it has one that is open.
    func insert(_ proposal: AccountProposal) throws -> AccountProposalID
    /// Takes it away, so that it is decided once. One that is not there is ``StoreError/Code/notFound``.
    func removeAccountProposal(_ id: AccountProposalID) throws
    /// News from a month before are forgotten.
    func insert(_ news: AccountNews) throws
}
