import Seal
import Signing
import StatusList
import Store

/// Where an installation's status lists are, and how large each is.
package struct StatusTerms: Hashable, Sendable {
    /// Host of the lists' addresses.
    package let host: String
    /// Entries of a new list, a power of 4. Among a million others nobody is found by counting.
    package let listSize: Int

    package init(host: String, listSize: Int = 1 << 20) {
        self.host = host
        self.listSize = listSize
    }
}

/// Gives versions their places in status lists within one transaction. Costs a few look-ups each: the
/// list's secret order makes a counter look like chance, so nothing is kept for a certificate.
package struct StatusIndexTaker {
    private let terms: StatusTerms
    private var list: StatusListRecord?
    private var permutation: StatusPermutation?
    private var uri = ""
    private var next = 0

    package init(_ terms: StatusTerms) { self.terms = terms }

    /// The next place; a new list is begun when the last is full.
    package mutating func take(in transaction: any StoreWriting) throws -> CertificateClaims.StatusReference {
        if list == nil {
            if let last = try transaction.statusLists().last, !last.isFull {
                try begin(last)
            } else {
                try beginNewList(in: transaction)
            }
        } else if let list, next >= list.size {
            try save(in: transaction)
            try beginNewList(in: transaction)
        }
        guard let permutation else { throw StoreError(.failed, "no status list was begun") }
        defer { next += 1 }
        return CertificateClaims.StatusReference(index: permutation.index(next), uri: uri)
    }

    /// Must come before the transaction ends, or the same places would be given again.
    package func save(in transaction: any StoreWriting) throws {
        guard let list else { return }
        try transaction.setNextStatusIndex(next, of: list.id)
    }

    private mutating func beginNewList(in transaction: any StoreWriting) throws {
        let key = Array(try RandomPortions().next(32))
        try begin(transaction.insertStatusList(size: terms.listSize, permutationKey: key))
    }

    private mutating func begin(_ list: StatusListRecord) throws {
        permutation = try StatusPermutation(size: list.size, key: list.permutationKey)
        uri = StatusListURI.text(host: terms.host, list: list.id)
        next = list.next
        self.list = list
    }
}
