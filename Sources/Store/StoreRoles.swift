import Credential

// What a program may do with its store. Each takes the narrowest of these, so that who holds one for look-ups has
// nothing that issues; a driver whose database knows several logins may give each role one of its own.

/// Answers strangers. Writes nothing.
package protocol LookupStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any LookupReading) throws -> T) async throws -> T
    /// As ``Store/newestSeal(number:withPrivateBox:)``.
    nonisolated(nonsending) func newestSeal(
        number: CertificateNumber, withPrivateBox: Bool
    ) async throws -> StoredSeal?
}

/// Serves holders: their access, their share codes, the documents that they fetch, and the record of it all.
package protocol HolderStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any HolderServiceReading) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (any HolderServiceWriting) throws -> T) async throws -> T
}

/// Lets staff in: their accounts, passkeys and sessions, and the record of it.
package protocol AccountStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any AccountServiceReading) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (any AccountServiceWriting) throws -> T) async throws -> T
}

/// Carries out what takes longer than a request, and tells of it.
package protocol JobStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any JobServiceReading) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (any JobServiceWriting) throws -> T) async throws -> T
}

/// Makes certificates and new versions of them, and changes their statuses.
package protocol IssuingStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (any IssuingWriting) throws -> T) async throws -> T
}

/// Compares what is kept with the record. Reads everything and writes nothing.
package protocol AuditStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T
}

/// Keeps the registry, trust lists, API keys and holders' invitations, and takes backups into service. Makes no
/// certificate and no signature.
package protocol AdministrationStore: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @escaping @Sendable (any AdministrationWriting) throws -> T) async throws -> T
}

package typealias LookupReading = APIKeyReading & BatchReading & CertificateReading & StatusReading
package typealias HolderServiceReading = BatchReading & CertificateReading & DocumentReading & HolderReading
    & StatusReading

package protocol HolderServiceWriting:
    BatchReading, CertificateReading, StatusReading, AuditWriting, DocumentWriting, HolderWriting
{}

package typealias AccountServiceReading = AccountProposalReading & AccountReading & PasswordReading
package typealias JobServiceReading = JobReading & LeaseReading & NoticeReading

package protocol AccountServiceWriting: AccountProposalWriting, AccountWriting, AuditWriting, PasswordWriting {}

package protocol JobServiceWriting: JobWriting, LeaseWriting, NoticeWriting {}

package protocol IssuingWriting:
    StoreReading, AuditWriting, BatchWriting, CertificateWriting, EvidenceWriting, LeaseWriting,
    PastRecordWriting, ReissueWriting, SheetWriting, StatusWriting
{}

package protocol AdministrationWriting:
    StoreReading, APIKeyWriting, AuditWriting, EvidenceWriting, HolderWriting, LeaseWriting, RegistryWriting,
    RestoreWriting, SerialWriting, StatusWriting, TrustListWriting
{}

extension Store {
    package var forLookups: any LookupStore { LookupView(base: self) }
    package var forHolders: any HolderStore { HolderView(base: self) }
    package var forAccounts: any AccountStore { AccountView(base: self) }
    package var forJobs: any JobStore { JobView(base: self) }
    package var forIssuing: any IssuingStore { IssuingView(base: self) }
    package var forAudits: any AuditStore { AuditView(base: self) }
    package var forAdministration: any AdministrationStore { AdministrationView(base: self) }
}

extension AdministrationStore {
    package var forAudits: any AuditStore { AdministrationAuditView(base: self) }
}

// A type for each: a view that can be cast to one role cannot be cast to another.

private struct LookupView: LookupStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any LookupReading) throws -> T) async throws -> T {
        try await base.read { try body($0) }
    }

    nonisolated(nonsending) func newestSeal(
        number: CertificateNumber, withPrivateBox: Bool
    ) async throws -> StoredSeal? {
        try await base.newestSeal(number: number, withPrivateBox: withPrivateBox)
    }
}

private struct HolderView: HolderStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any HolderServiceReading) throws -> T) async throws -> T {
        try await base.read { try body($0) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any HolderServiceWriting) throws -> T) async throws -> T {
        try await base.write { try body($0) }
    }
}

private struct AccountView: AccountStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any AccountServiceReading) throws -> T) async throws -> T {
        try await base.read { try body($0) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any AccountServiceWriting) throws -> T) async throws -> T {
        try await base.write { try body($0) }
    }
}

private struct JobView: JobStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any JobServiceReading) throws -> T) async throws -> T {
        try await base.read { try body($0) }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any JobServiceWriting) throws -> T) async throws -> T {
        try await base.write { try body($0) }
    }
}

private struct IssuingView: IssuingStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await base.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any IssuingWriting) throws -> T) async throws -> T {
        try await base.write { try body($0) }
    }
}

private struct AuditView: AuditStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await base.read(body)
    }
}

private struct AdministrationAuditView: AuditStore {
    let base: any AdministrationStore

    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await base.read(body)
    }
}

private struct AdministrationView: AdministrationStore {
    let base: any Store

    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await base.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any AdministrationWriting) throws -> T) async throws -> T {
        try await base.write { try body($0) }
    }
}
