import Errors
import Store
import Testing

@Suite("Store contract: passwords")
struct PasswordContract {
    private static let secrets = PasswordAccess.Secrets(
        password: .init(cost: 65_536, blockSize: 8, parallelism: 2, salt: [1, 2], bytes: [3, 4]), codeBox: [5, 6])

    @Test("a password is allowed, set and ended; a code's step is good once", arguments: StoreDriver.all)
    func passwords(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await AccountContract.made(store)
        let notFound = StoreError(.notFound, zh: "", en: "")
        await #expect(throws: notFound) {
            try await store.write { try $0.setPassword(Self.secrets, of: one.id, lastStep: 7) }
        }
        let allowed = PasswordAccess(account: one.id, signInName: "wang", allowedAt: 100)
        try await store.write { try $0.allowPassword(allowed) }
        #expect(try await store.reopened().read { try $0.passwordAccess(of: one.id) } == allowed)
        await #expect(throws: StoreError.conflict) {
            try await store.write {
                try $0.allowPassword(PasswordAccess(account: two.id, signInName: "wang", allowedAt: 101))
            }
        }
        try await store.write { try $0.setPassword(Self.secrets, of: one.id, lastStep: 7) }
        let set = PasswordAccess(
            account: one.id, signInName: "wang", allowedAt: 100, secrets: Self.secrets, lastStep: 7)
        #expect(try await store.reopened().read { try $0.passwordAccess(signInName: "wang") } == set)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.useCode(ofStep: 7, of: one.id) } }
        try await store.write { try $0.useCode(ofStep: 8, of: one.id) }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.useCode(ofStep: 8, of: one.id) } }
        // A step once used does not come back with new secrets.
        try await store.write { try $0.setPassword(Self.secrets, of: one.id, lastStep: 3) }
        #expect(try await store.read { try $0.passwordAccess(of: one.id)?.lastStep } == 8)
        try await store.write { try $0.endPassword(of: one.id) }
        #expect(try await store.read { try $0.passwordAccess(signInName: "wang") } == nil)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.useCode(ofStep: 9, of: one.id) } }
    }
}
