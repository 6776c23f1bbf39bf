/// The right to do something alone for a time: to publish, or to work on a part. Who holds it renews it while it works, and
/// proves it in each transaction that must not come from an earlier owner.
package struct Lease: Hashable, Sendable {
    /// Of what is done alone.
    package let name: String
    /// A name that no other process has, nor this one after a new start.
    package let owner: String
    /// Goes up with each taking, so that what an earlier owner still sends is refused.
    package let fence: Int
    /// Seconds since 1970 by the store's clock.
    package let endsAt: Int

    package init(name: String, owner: String, fence: Int, endsAt: Int) {
        (self.name, self.owner, self.fence, self.endsAt) = (name, owner, fence, endsAt)
    }

    /// How long one lasts.
    package static let seconds = 60
    /// After how long its owner extends it.
    package static let renewalSeconds = 20
    /// After how long without an extension its owner stops, by a clock of its own that only goes forward: before the store
    /// gives it to another.
    package static let giveUpSeconds = 50
}

package protocol LeaseReading {
    /// The last that was taken, ended or not.
    func lease(_ name: String) throws -> Lease?
}

/// Times are by the store's clock, which is one for all who use the store.
package protocol LeaseWriting: LeaseReading {
    /// Nil while another owner's lasts. The same owner's earlier one ends.
    func takeLease(_ name: String, by owner: String, seconds: Int) throws -> Lease?
    /// From now on, for so long. One that has ended or is another's by now is a ``StoreError/Code/conflict``.
    func extend(_ lease: Lease, seconds: Int) throws -> Lease
    /// In the transaction that it protects. One that has ended or is another's by now is a ``StoreError/Code/conflict``.
    func requireHeld(_ lease: Lease) throws
    /// Ends it for the next; nothing happens to one that is another's by now.
    func release(_ lease: Lease) throws
}
