import Credential
import StatusList

/// Status lists and the entries in them that are not valid.
package protocol StatusReading {
    /// By id.
    func statusLists() throws -> [StatusListRecord]
    /// Of places that are not valid.
    func statusEntries(at places: [StatusPlace]) throws -> [StatusPlace: StatusEntry]
    /// What stands at each place: valid where there is no entry.
    func statuses(at places: [StatusPlace]) throws -> [StatusPlace: CertificateStatus]
    /// Calls `body` with the index and status of each entry of a list, those kept at a restore among them.
    func forEachStatus(in list: Int, _ body: (Int, CertificateStatus) -> Void) throws
    /// By place.
    func keptStatuses() throws -> [KeptStatus]
    /// By the identity that only who holds the certificate can know.
    func statusEntry(certificateID: [UInt8], version: Int) throws -> StatusEntry?
    /// Sealed, of one certificate.
    func newestVersion(ofCertificate certificate: CertificateKey) throws -> SealedVersion?
    /// Every act on a version, oldest first.
    func statusHistory(of key: VersionKey) throws -> [StatusAct]
    /// A page of the newest sealed versions that the query means, by batch and row, after the given
    /// certificate.
    func newestVersions(_ query: CertificateQuery, after certificate: CertificateKey?, limit: Int) throws
        -> [SealedVersion]
}

package protocol StatusWriting: StatusReading {
    /// The next list, empty.
    func insertStatusList(size: Int, permutationKey: [UInt8]) throws -> StatusListRecord
    /// The next places of a list, which nobody else gets: fewer than asked for where the list ends.
    func takePlaces(_ count: Int, of list: Int) throws -> Range<Int>
    /// Counters only ever go up, at most to the list's size; anything else is a conflict.
    func setNextStatusIndex(_ next: Int, of list: Int) throws
    /// Changes statuses, and keeps who did it and why. A version that has another status by now than
    /// `from`, one that has no way to the act's target, and an index outside its list are a
    /// ``StoreError/Code/conflict``.
    func record(_ act: StatusAct, _ changes: [StatusChange]) throws
    /// Statuses of places whose certificates are not here, so that no publication returns them to valid. A
    /// place that has an entry, or that no list has, is a conflict; what was kept of it before is replaced, and
    /// forgotten by valid.
    func keep(_ statuses: [KeptStatus]) throws
    /// Takes the instant that the next publication of a list bears. One that is not later than the last, and a last
    /// one that is not `last`, as another has published meanwhile, are a ``StoreError/Code/conflict``.
    func claimPublication(of list: Int, at time: Int, after last: Int?) throws
    /// What was published under the last claim contains this many changes.
    func markPublished(_ list: Int, changes: Int) throws
}
