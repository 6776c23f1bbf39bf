import Errors
import Store
import Testing

@Suite("Store contract: API keys")
struct APIKeyContract {
    private static func key(_ id: String, digest: UInt8, expiresAt: Int? = nil) -> APIKeyRecord {
        APIKeyRecord(
            id: id, digest: [UInt8](repeating: digest, count: 32), name: "HR", scopes: ["verify", "lookup"],
            perMinute: 60,
            createdAt: 100, expiresAt: expiresAt)
    }

    @Test("keys are kept in order and found by digest alone", arguments: StoreDriver.all)
    func kept(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = [Self.key("b", digest: 1, expiresAt: 900), Self.key("a", digest: 2)]
        for key in keys { try await store.write { try $0.insert(key) } }
        let reopened = try store.reopened()
        #expect(try await reopened.read { try $0.apiKeys() } == keys)
        #expect(try await reopened.read { try $0.apiKey(digest: keys[1].digest) } == keys[1])
        #expect(try await reopened.read { try $0.apiKey(digest: [UInt8](repeating: 3, count: 32)) } == nil)
        for again in [Self.key("a", digest: 3), Self.key("c", digest: 2)] {
            await #expect(throws: StoreError.conflict) { try await store.write { try $0.insert(again) } }
        }
    }

    @Test("a text with a NUL is refused, and never stands for the text before it", arguments: StoreDriver.all)
    func texts(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.insert(Self.key("a", digest: 1)) }
        let refused = StoreError(.failed, zh: "", en: "")
        await #expect(throws: refused) { try await store.write { try $0.insert(Self.key("b\0", digest: 2)) } }
        await #expect(throws: refused) { try await store.write { try $0.revokeAPIKey("a\0x", at: 300) } }
        await #expect(throws: refused) { try await store.read { _ = try $0.nextSerial(in: "S\0") } }
        #expect(try await store.read { try $0.apiKeys() }.map(\.revokedAt) == [nil])
        // Control: without it, it is that very key.
        try await store.write { try $0.revokeAPIKey("a", at: 300) }
        #expect(try await store.read { try $0.apiKeys() }.map(\.revokedAt) == [300])
    }

    @Test("an end comes nearer and never goes away", arguments: StoreDriver.all)
    func ends(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.insert(Self.key("a", digest: 1, expiresAt: 900)) }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.expireAPIKey("a", at: 901) } }
        try await store.write { try $0.expireAPIKey("a", at: 500) }
        try await store.write { try $0.revokeAPIKey("a", at: 300) }
        try await store.write { try $0.revokeAPIKey("a", at: 400) }
        let key = try #require(try await store.read { try $0.apiKeys() }.first)
        #expect(key.expiresAt == 500 && key.revokedAt == 300 && !key.isGood(at: 200))
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.revokeAPIKey("x", at: 1) }
        }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.expireAPIKey("x", at: 1) }
        }
    }
}
