import Credential
import Store
import Testing

@Suite("Store contract: documents")
struct DocumentContract {
    @Test("prints are kept in their order, once each", arguments: StoreDriver.all)
    func prints(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await Self.sealed(1...3, in: store)
        let first = Self.print(keys[0], serial: 1, digest: 1, time: 10)
        let second = Self.print(keys[0], serial: 2, digest: 2, time: 20)
        try await store.write { try $0.save([first]) }
        try await store.write { try $0.save([first, second]) }
        #expect(try await store.read { try $0.prints(of: keys[0].certificate) } == [first, second])
        #expect(try await store.read { try $0.prints(of: keys[1].certificate) }.isEmpty)
    }

    @Test("what is not signed is not printed", arguments: StoreDriver.all)
    func unsigned(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await Self.sealed(1...1, in: store)
        let unknown = Self.print(
            VersionKey(certificate: keys[0].certificate, version: 2), serial: 1, digest: 1, time: 10)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.save([unknown]) } }
    }

    @Test("the newest sealed versions come page by page", arguments: StoreDriver.all)
    func newest(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await Self.sealed(1...5, in: store)
        let batch = try #require(try await store.read { try $0.batches() }.last).id
        var seen: [VersionKey] = []
        var last: CertificateKey?
        while true {
            let after = last
            let page = try await store.read { try $0.newestSealedVersions(of: batch, after: after, limit: 2) }
            guard let newest = page.last else { break }
            #expect(page.count <= 2)
            seen += page.map(\.key)
            last = newest.key.certificate
        }
        #expect(seen == keys)
    }

    private static func sealed(_ rows: ClosedRange<Int>, in store: any Store) async throws -> [VersionKey] {
        let keys = try await store.insert(rows, into: store.insertBatch())
        try await store.sign(keys)
        return keys
    }

    private static func print(_ key: VersionKey, serial: Int, digest: UInt8, time: Int) -> PrintRecord {
        PrintRecord(
            key: key, serial: serial, digest: [UInt8](repeating: digest, count: 32),
            approval: Approval(actor: "officer", reason: "test", time: time))
    }
}
