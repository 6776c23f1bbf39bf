import Credential
import Errors
import StatusList
import Store
import TestSupport
import Testing

/// Questions about many rows at once, for every driver: none, one, twice the same, and more than a statement of SQLite
/// has places for.
@Suite struct SetContract {
    private static let rows = 2...1201
    /// More than SQLite's usual limit of 32,766 variables in a statement.
    private static let many = 33_000

    @Test("Sets of holdings, versions and numbers are answered in one call", arguments: StoreDriver.all)
    func certificates(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(Self.rows, into: batch)
        try await store.sign(keys.dropLast())
        let count = keys.count
        try await store.read { store in
            #expect(try store.held([]).isEmpty && store.certificates(heldAs: []).isEmpty)
            #expect(try store.sealedVersions([]).isEmpty && store.newestVersions(numbered: []).isEmpty)
            for wanted in [[2], [2, 2], Array(0..<Self.many)] {
                let there = Set(wanted).filter(Self.rows.contains)
                let holdings = wanted.map { Sample.holding($0) }
                #expect(try store.held(holdings) == Set(wanted.indices.filter { Self.rows.contains(wanted[$0]) }))
                let held = try store.certificates(heldAs: holdings)
                #expect(Set(held.values.map(\.sheetRow)) == there)
                #expect(held.allSatisfy { $0.key == $0.value.holding })
                // The last is not signed.
                let sealed = there.filter { $0 != Self.rows.upperBound }
                let versions = try store.sealedVersions(
                    wanted.map { VersionKey(certificate: CertificateKey(batch: batch.id, row: $0), version: 1) })
                #expect(Set(versions.values.map(\.sheetRow)) == sealed)
                #expect(versions.allSatisfy { $0.key == $0.value.key })
                let newest = try store.newestVersions(numbered: wanted.map(Sample.number))
                #expect(Set(newest.values.map(\.sheetRow)) == sealed)
                #expect(newest.allSatisfy { $0.key == $0.value.number })
            }
        }
        #expect(count == Self.rows.count)
    }

    @Test("A set of places is answered with what stands at each", arguments: StoreDriver.all)
    func places(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys: [VersionKey] = try await store.sealed(2...5)
        _ = try await store.statusList(size: 65_536)
        let changes = [keys[0], keys[2]].map { Sample.change($0) }
        try await store.write { try $0.record(Sample.act(.revoke, .misconduct), changes) }
        let ended = Set(changes.map { $0.place })
        try await store.read { store in
            #expect(try store.statuses(at: []).isEmpty && store.statusEntries(at: []).isEmpty)
            let all = (0..<Self.many).map { StatusPlace(list: 1, index: $0) }
            for wanted in [[changes[0].place], [changes[0].place, changes[0].place], all] {
                let statuses = try store.statuses(at: wanted)
                #expect(Set(statuses.keys) == Set(wanted))
                #expect(Set(statuses.filter { $0.value == .revoked }.keys) == ended.intersection(wanted))
                let entries = try store.statusEntries(at: wanted)
                #expect(Set(entries.keys) == ended.intersection(wanted))
                #expect(entries.allSatisfy { $0.key == $0.value.place && $0.value.status == .revoked })
            }
        }
    }

    @Test("A batch is found by its number", arguments: StoreDriver.all)
    func batch(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (first, second) = (try await store.insertBatch(1), try await store.insertBatch(2))
        try await store.write { try $0.approve(first.id, Sample.approved("again")) }
        #expect(try await store.read { try $0.batch(first.id) }?.approved == Sample.approved("again"))
        #expect(try await store.read { try $0.batch(second.id) } == second)
        #expect(try await store.read { try $0.batch(BatchID(second.id.value + 1)) } == nil)
    }
}
