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
    APIKeyReading, AuditReading, AuditedReading, DocumentReading, HolderReading, ReissueReading, StatusReading,
    TrustListReading
{
    func institutions() throws -> [Institution]
    func institution(_ id: InstitutionID) throws -> Institution?
    func filings(of institution: InstitutionID) throws -> [Filing]

    /// By the digest of its content.
    func batch(content: [UInt8]) throws -> Batch?
    func batches() throws -> [Batch]
    /// Oldest first.
    func approvals(of batch: BatchID) throws -> [BatchApproval]
    /// SHA-256 of the photo that was approved for each row; rows without a photo are missing.
    func photos(of batch: BatchID) throws -> [Int: [UInt8]]
    /// Of one row; nil for none.
    func photo(ofRow row: Int, of batch: BatchID) throws -> [UInt8]?
    func progress(of batch: BatchID) throws -> BatchProgress
    /// In order of position.
    func unpreparedChunks(of batch: BatchID) throws -> [BatchChunk]

    func isHeld(_ holding: Holding) throws -> Bool
    /// The positions of those for which there is a certificate.
    func held(_ holdings: [Holding]) throws -> Set<Int>
    /// In the order in which they were prepared.
    func unsignedVersions(of batch: BatchID, limit: Int) throws -> [UnsignedVersion]
    /// In the order in which they were prepared, after `key`; of all batches when `batch` is nil.
    func sealedVersions(of batch: BatchID?, after key: VersionKey?, limit: Int) throws -> [SealedVersion]
    /// All sealed versions of a number, newest first.
    func sealedVersions(number: CertificateNumber) throws -> [SealedVersion]

    /// The first serial of a series that was never used: 1 for a new series.
    func nextSerial(in series: String) throws -> Int

    /// Whether anybody holds a certificate yet.
    func hasCertificates() throws -> Bool
    func certificate(heldAs holding: Holding) throws -> HeldCertificate?
    /// A page of an institution's certificates with their holders, by batch and row, after the given key.
    func certificates(of institution: InstitutionID, after key: CertificateKey?, limit: Int) throws -> [HeldCertificate]
    /// The attempts of one person at one occupation and level, oldest first.
    func attempts(of holding: Holding) throws -> [AttemptRecord]
    /// A page of an institution's attempts in a fixed order, after the given number of them.
    func attempts(of institution: InstitutionID, after count: Int, limit: Int) throws -> [AttemptRecord]
    func settlements() throws -> [Settlement]

    /// Oldest first.
    func registryVersions() throws -> [RegistryVersion]
    /// A table as a version has it, by key; the newest version when `version` is nil.
    func registryEntries(_ kind: String, version: Int?) throws -> [RegistryEntry]
}

package protocol StoreWriting:
    StoreReading, APIKeyWriting, AuditWriting, DocumentWriting, HolderWriting, ReissueWriting, RestoreWriting,
    StatusWriting, TrustListWriting
{
    func save(_ institution: Institution) throws
    func save(_ filing: Filing) throws

    /// Content that is already there is a ``StoreError/Code/conflict``.
    func insertBatch(
        content: [UInt8], institution: InstitutionID, awardDate: CalendarDate, _ approved: BatchApproval,
        chunks: [BatchChunk]
    ) throws -> Batch
    /// From now on this approval holds; the ones before it are kept.
    func approve(_ batch: BatchID, _ approved: BatchApproval) throws
    /// In place of those that were approved before.
    func save(photos: [Int: [UInt8]], of batch: BatchID) throws
    func markPrepared(_ position: Int, of batch: BatchID, skipped: Int) throws
    /// A batch that still lacks a chunk or a signature is a ``StoreError/Code/conflict``.
    func complete(_ batch: BatchID, at time: Int) throws

    /// What was kept of an attempt on the same day is replaced.
    func save(_ attempts: [AttemptRecord], of institution: InstitutionID) throws
    /// A row's finding is settled once; a second time is a conflict.
    func save(_ settlement: Settlement) throws
    /// Entries become the newest version; nothing is ever taken out of an older one.
    func save(_ entries: [RegistryEntry], approval: Approval) throws -> RegistryVersion

    /// The next serials of a series, which nobody else gets.
    func takeSerials(_ count: Int, in series: String) throws -> Range<Int>
    /// Serials only ever go up; a lower value than the present one is a conflict.
    func setNextSerial(_ serial: Int, in series: String) throws
    /// A number, a holding or a batch row that is already there is a ``StoreError/Code/conflict``.
    func insert(_ certificates: [NewCertificate], into batch: BatchID) throws -> [VersionKey]
    /// A version takes one signature, once; a second is a conflict.
    func insert(_ signatures: [VersionSignature]) throws
}
