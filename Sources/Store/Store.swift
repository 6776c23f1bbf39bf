import Credential

/// What is kept. A driver gives transactions; what they mean is fixed by the contract tests, which
/// every driver passes.
///
/// A `write` is all or nothing, and durable when it returns. Its body may run more than once, as a driver begins a
/// transaction anew that another one was in the way of: it changes nothing outside the transaction.
package protocol Store: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (any StoreWriting) throws -> T) async throws -> T

    /// The newest sealed version under a number, in the quickest way that the driver has: strangers ask for it all day.
    ///
    /// - Parameter withPrivateBox: whether the holder's record is wanted, which is farther away.
    nonisolated(nonsending) func newestSeal(
        number: CertificateNumber, withPrivateBox: Bool
    ) async throws -> StoredSeal?

    /// Whether a newer version has brought the schema up to its date meanwhile.
    func isNewer() async throws -> Bool
}

extension Store {
    package nonisolated(nonsending) func newestSeal(
        number: CertificateNumber, withPrivateBox: Bool
    ) async throws -> StoredSeal? {
        try await read {
            try $0.sealedVersions(number: number).first.map {
                StoredSeal(
                    payload: $0.payload, keyID: $0.keyID, signature: $0.signature,
                    privateBox: withPrivateBox ? $0.privateBox : nil)
            }
        }
    }
}

/// A consistent view of the store.
package protocol StoreReading:
    APIKeyReading, AccountProposalReading, AccountReading, AuditReading, AuditedReading, BatchReading,
    CertificateReading, DocumentReading, EvidenceReading, HolderReading, JobReading, LeaseReading, NoticeReading,
    PasswordReading, PastRecordReading, RegistryReading, ReissueReading, ReviewReading, SerialReading, SheetReading,
    StatusReading, TrustListReading
{}

package protocol StoreWriting:
    AccountServiceWriting, AdministrationWriting, HolderServiceWriting, IssuingWriting, JobServiceWriting,
    ReviewWriting, SheetWriting
{}
