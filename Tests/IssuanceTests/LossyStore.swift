import Credential
import StatusList
import Store

/// Drops every signature it is given: what a fault below might do.
struct LossyStore: Store {
    let store: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await store.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any StoreWriting) throws -> T) async throws -> T {
        try await store.write { try body(Transaction(base: $0)) }
    }

    struct Transaction: StoreWriting {
        let base: any StoreWriting

        func insert(_ signatures: [VersionSignature]) throws {}

        func institutions() throws -> [Institution] { try base.institutions() }
        func institution(_ id: InstitutionID) throws -> Institution? { try base.institution(id) }
        func filings(of institution: InstitutionID) throws -> [Filing] { try base.filings(of: institution) }
        func batch(content: [UInt8]) throws -> Batch? { try base.batch(content: content) }
        func approvals(of batch: BatchID) throws -> [BatchApproval] { try base.approvals(of: batch) }
        func photos(of batch: BatchID) throws -> [Int: [UInt8]] { try base.photos(of: batch) }
        func photo(ofRow row: Int, of batch: BatchID) throws -> [UInt8]? { try base.photo(ofRow: row, of: batch) }
        func approve(_ batch: BatchID, _ approved: BatchApproval) throws { try base.approve(batch, approved) }
        func save(photos: [Int: [UInt8]], of batch: BatchID) throws { try base.save(photos: photos, of: batch) }
        func batches() throws -> [Batch] { try base.batches() }
        func progress(of batch: BatchID) throws -> BatchProgress { try base.progress(of: batch) }
        func unpreparedChunks(of batch: BatchID) throws -> [BatchChunk] { try base.unpreparedChunks(of: batch) }
        func held(_ holdings: [Holding]) throws -> Set<Int> { try base.held(holdings) }
        func takeSerials(_ count: Int, in series: String) throws -> Range<Int> {
            try base.takeSerials(count, in: series)
        }
        func takePlaces(_ count: Int, of list: Int) throws -> Range<Int> { try base.takePlaces(count, of: list) }
        func isHeld(_ holding: Holding) throws -> Bool { try base.isHeld(holding) }
        func unsignedVersions(of batch: BatchID, limit: Int) throws -> [UnsignedVersion] {
            try base.unsignedVersions(of: batch, limit: limit)
        }
        func sealedVersions(of batch: BatchID?, after key: VersionKey?, limit: Int) throws -> [SealedVersion] {
            try base.sealedVersions(of: batch, after: key, limit: limit)
        }
        func sealedVersions(number: CertificateNumber) throws -> [SealedVersion] {
            try base.sealedVersions(number: number)
        }
        func nextSerial(in series: String) throws -> Int { try base.nextSerial(in: series) }
        func hasCertificates() throws -> Bool { try base.hasCertificates() }
        func certificate(heldAs holding: Holding) throws -> HeldCertificate? {
            try base.certificate(heldAs: holding)
        }
        func certificates(of institution: InstitutionID, after key: CertificateKey?, limit: Int) throws
            -> [HeldCertificate]
        {
            try base.certificates(of: institution, after: key, limit: limit)
        }
        func attempts(of holding: Holding) throws -> [AttemptRecord] { try base.attempts(of: holding) }
        func attempts(of institution: InstitutionID, after count: Int, limit: Int) throws -> [AttemptRecord] {
            try base.attempts(of: institution, after: count, limit: limit)
        }
        func settlements() throws -> [Settlement] { try base.settlements() }
        func registryVersions() throws -> [RegistryVersion] { try base.registryVersions() }
        func registryEntries(_ kind: String, version: Int?) throws -> [RegistryEntry] {
            try base.registryEntries(kind, version: version)
        }
        func save(_ attempts: [AttemptRecord], of institution: InstitutionID) throws {
            try base.save(attempts, of: institution)
        }
        func save(_ settlement: Settlement) throws { try base.save(settlement) }
        func save(_ entries: [RegistryEntry], approval: Approval) throws -> RegistryVersion {
            try base.save(entries, approval: approval)
        }
        func save(_ institution: Institution) throws { try base.save(institution) }
        func save(_ filing: Filing) throws { try base.save(filing) }
        func insertBatch(
            content: [UInt8], institution: InstitutionID, awardDate: CalendarDate, _ approved: BatchApproval,
            chunks: [BatchChunk]
        ) throws -> Batch {
            try base.insertBatch(
                content: content, institution: institution, awardDate: awardDate, approved, chunks: chunks)
        }
        func markPrepared(_ position: Int, of batch: BatchID, skipped: Int) throws {
            try base.markPrepared(position, of: batch, skipped: skipped)
        }
        func complete(_ batch: BatchID, at time: Int) throws { try base.complete(batch, at: time) }
        func setNextSerial(_ serial: Int, in series: String) throws { try base.setNextSerial(serial, in: series) }
        func insert(_ certificates: [NewCertificate], into batch: BatchID) throws -> [VersionKey] {
            try base.insert(certificates, into: batch)
        }

        func newestSealedVersions(of batch: BatchID, after key: CertificateKey?, limit: Int) throws -> [SealedVersion] {
            try base.newestSealedVersions(of: batch, after: key, limit: limit)
        }
        func prints(of certificate: CertificateKey) throws -> [PrintRecord] { try base.prints(of: certificate) }
        func save(_ prints: [PrintRecord]) throws { try base.save(prints) }

        func statusLists() throws -> [StatusListRecord] { try base.statusLists() }
        func statusEntry(at place: StatusPlace) throws -> StatusEntry? { try base.statusEntry(at: place) }
        func status(at place: StatusPlace) throws -> CertificateStatus { try base.status(at: place) }
        func statusEntry(certificateID: [UInt8], version: Int) throws -> StatusEntry? {
            try base.statusEntry(certificateID: certificateID, version: version)
        }
        func forEachStatus(in list: Int, _ body: (Int, CertificateStatus) -> Void) throws {
            try base.forEachStatus(in: list, body)
        }
        func keptStatuses() throws -> [KeptStatus] { try base.keptStatuses() }
        func keep(_ statuses: [KeptStatus]) throws { try base.keep(statuses) }
        func newestVersion(ofCertificate certificate: CertificateKey) throws -> SealedVersion? {
            try base.newestVersion(ofCertificate: certificate)
        }
        func statusHistory(of key: VersionKey) throws -> [StatusAct] { try base.statusHistory(of: key) }
        func newestVersions(_ query: CertificateQuery, after key: CertificateKey?, limit: Int) throws -> [SealedVersion]
        {
            try base.newestVersions(query, after: key, limit: limit)
        }
        func insertStatusList(size: Int, permutationKey: [UInt8]) throws -> StatusListRecord {
            try base.insertStatusList(size: size, permutationKey: permutationKey)
        }
        func setNextStatusIndex(_ next: Int, of list: Int) throws { try base.setNextStatusIndex(next, of: list) }
        func record(_ act: StatusAct, _ changes: [StatusChange]) throws { try base.record(act, changes) }
        func claimPublication(of list: Int, at time: Int) throws { try base.claimPublication(of: list, at: time) }
        func markPublished(_ list: Int, changes: Int) throws { try base.markPublished(list, changes: changes) }
    }
}
