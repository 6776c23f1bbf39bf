import Audit
import AuditLog
import Errors
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

/// Places in status lists for versions that are prepared in one transaction, taken at once. A list's secret order makes
/// a counter look like chance, so nothing is kept for a certificate.
struct StatusPlaces {
    private struct Part {
        let uri: String
        let permutation: StatusPermutation
        var rest: Range<Int>
    }

    /// The one in use is the last.
    private var parts: [Part]

    /// A new list is begun when the last is full.
    ///
    /// - Parameters:
    ///   - actor: for whom certificates are prepared, and with that lists begun.
    ///   - time: seconds since 1970.
    init(_ count: Int, _ terms: StatusTerms, actor: String, time: Int, in transaction: any IssuingWriting) throws {
        var parts: [Part] = []
        var list = try transaction.statusLists().last.flatMap { $0.isFull ? nil : $0 }
        var missing = count
        while missing > 0 {
            let current =
                try list ?? transaction.beginStatusList(size: terms.listSize, actor: actor, time: time)
            let taken = try transaction.takePlaces(missing, of: current.id)
            parts.append(
                Part(
                    uri: StatusListURI.text(host: terms.host, list: current.id),
                    permutation: try StatusPermutation(size: current.size, key: current.permutationKey), rest: taken))
            missing -= taken.count
            list = nil
        }
        self.parts = parts.reversed()
    }

    mutating func next() throws -> CertificateClaims.StatusReference {
        while let part = parts.last {
            guard let place = part.rest.first else {
                parts.removeLast()
                continue
            }
            parts[parts.count - 1].rest = part.rest.dropFirst()
            return CertificateClaims.StatusReference(index: part.permutation.index(place), uri: part.uri)
        }
        throw StoreError(.failed, zh: "用掉的状态列表位置多于取得的位置", en: "more places of status lists were used than taken")
    }
}

extension StatusWriting where Self: AuditWriting {
    /// The next list, with an order of its own that only the store has: the log has its digest.
    package func beginStatusList(size: Int, actor: String, time: Int) throws -> StatusListRecord {
        let list = try insertStatusList(size: size, permutationKey: SecureRandom.bytes(32))
        try append(AuditAct(beginning: list, actor: actor, time: time))
        return list
    }
}
