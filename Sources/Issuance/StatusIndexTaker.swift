import AuditLog
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
    private let (actor, time): (String, Int)
    private var list: StatusListRecord?
    private var permutation: StatusPermutation?
    private var uri = ""
    private var next = 0

    /// - Parameters:
    ///   - actor: for whom certificates are prepared, and with that lists begun.
    ///   - time: seconds since 1970.
    package init(_ terms: StatusTerms, actor: String, time: Int) {
        self.terms = terms
        (self.actor, self.time) = (actor, time)
    }

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
        try begin(transaction.beginStatusList(size: terms.listSize, actor: actor, time: time))
    }

    private mutating func begin(_ list: StatusListRecord) throws {
        permutation = try StatusPermutation(size: list.size, key: list.permutationKey)
        uri = StatusListURI.text(host: terms.host, list: list.id)
        next = list.next
        self.list = list
    }
}

extension StoreWriting {
    /// The next list, with an order of its own that only the store has: the log has its digest.
    func beginStatusList(size: Int, actor: String, time: Int) throws -> StatusListRecord {
        let list = try insertStatusList(size: size, permutationKey: SecureRandom.bytes(32))
        try append(AuditAct(beginning: list, actor: actor, time: time))
        return list
    }
}

extension AuditAct {
    init(beginning list: StatusListRecord, actor: String, time: Int) throws {
        self.init(
            .statusListBegun, actor: actor, subject: "status list \(list.id) with \(list.size) places",
            digest: try SHA256.digest(list.permutationKey), time: time)
    }
}
