import Credential
import Store

/// Runs each write once in a transaction that is rolled back, and then again: as a database does that lets several
/// writers try, and lets one of them begin anew. What a body leaves outside its transaction is there twice.
package struct RepeatingStore: Store {
    private let base: any Store
    private struct RolledBack: Error {}

    package init(_ base: any Store) { self.base = base }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await base.read(body)
    }

    package func write<T: Sendable>(_ body: @escaping @Sendable (any StoreWriting) throws -> T) async throws -> T {
        do {
            try await base.write { transaction in
                _ = try body(transaction)
                throw RolledBack()
            }
        } catch is RolledBack {}
        return try await base.write(body)
    }

    package nonisolated(nonsending) func newestSeal(
        number: CertificateNumber, withPrivateBox: Bool
    ) async throws -> StoredSeal? {
        try await base.newestSeal(number: number, withPrivateBox: withPrivateBox)
    }

    package func isNewer() async throws -> Bool { try await base.isNewer() }
}
