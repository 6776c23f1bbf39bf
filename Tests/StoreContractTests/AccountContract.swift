import Credential
import Errors
import Store
import Testing

@Suite("Store contract: accounts")
struct AccountContract {
    static func account(_ byte: UInt8, _ name: String = "王海燕") -> Account {
        // 16 bytes, as the type asks.
        let id = AccountID(bytes: [UInt8](repeating: byte, count: AccountID.byteCount))!
        return Account(id: id, handle: [byte, 9], name: name, state: .invited, createdAt: 10)
    }

    private static func passkey(_ byte: UInt8, of account: Account) -> Passkey {
        Passkey(
            id: [byte], account: account.id, cose: [byte, 1], counter: 3, isBackupEligible: byte == 1,
            transports: ["hybrid", "internal"], label: "电脑", addedAt: 20)
    }

    static func made(_ store: TestStore) async throws -> (Account, Account) {
        let (one, two) = (account(1), account(2, "李主任"))
        try await store.write { for account in [one, two] { try $0.insert(account) } }
        return (one, two)
    }

    @Test("accounts and their roles are kept; a change is refused beside another", arguments: StoreDriver.all)
    func accounts(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await Self.made(store)
        #expect(try await store.reopened().read { try $0.accounts() } == [one, two])
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.insert(one) } }
        let day = CalendarDate(daysSinceEpoch: 20_000)
        let roles = [
            AccountRole(role: "officer", institution: nil, from: day, until: nil, grantedBy: "x"),
            AccountRole(role: "officer", institution: Sample.institution.id, from: day, until: day, grantedBy: "y"),
        ]
        try await store.write { try $0.setRoles(roles.reversed(), of: one.id) }
        #expect(try await store.read { try $0.roles(of: one.id) } == roles)
        #expect(try await store.read { try $0.roles(of: two.id) }.isEmpty)
        try await store.write { try $0.setRoles([roles[1]], of: one.id) }
        #expect(try await store.read { try $0.roles(of: one.id) } == [roles[1]])

        var changed = one
        (changed.name, changed.state, changed.epoch) = ("王", .active, 2)
        let next = changed
        try await store.write { try $0.update(next) }
        #expect(try await store.read { try $0.account(one.id) } == next)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.update(next) } }
        #expect(try await store.read { try $0.account(Self.account(3).id) } == nil)
    }

    @Test("passkeys are found by their id, counted, and removed by their account only", arguments: StoreDriver.all)
    func passkeys(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await Self.made(store)
        let keys = [Self.passkey(2, of: one), Self.passkey(1, of: one)]
        try await store.write { for key in keys { try $0.insert(key) } }
        #expect(try await store.reopened().read { try $0.passkeys(of: one.id) } == keys)
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.insert(Self.passkey(1, of: two)) }
        }
        try await store.write { try $0.recordUse(ofPasskey: [1], counter: 7, isDoubtful: true, at: 30) }
        try await store.write { try $0.recordUse(ofPasskey: [1], counter: 8, isDoubtful: false, at: 40) }
        let used = try #require(try await store.read { try $0.passkey(id: [1]) })
        #expect(used.counter == 8 && used.usedAt == 40 && used.doubtedAt == 30)
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.removePasskey(id: [1], of: two.id) }
        }
        try await store.write { try $0.removePasskey(id: [1], of: one.id) }
        #expect(try await store.read { try $0.passkey(id: [1]) } == nil)
    }

    @Test("links and recovery codes are good once, until their end, and until the next", arguments: StoreDriver.all)
    func once(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await Self.made(store)
        let first = EnrolmentLink(digest: [1], account: one.id, expiresAt: 100)
        let second = EnrolmentLink(digest: [2], account: one.id, expiresAt: 200)
        try await store.write { try $0.save(first) }
        #expect(try await store.reopened().read { try $0.enrolmentLink(digest: [1], at: 99) } == first)
        #expect(try await store.read { try $0.enrolmentLink(digest: [1], at: 100) } == nil)
        try await store.write { try $0.save(second) }
        #expect(try await store.read { try $0.enrolmentLink(digest: [1], at: 50) } == nil)
        for (digest, account, time) in [([1], one, 50), ([2], two, 50), ([2], one, 200)] as [([UInt8], Account, Int)] {
            await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
                try await store.write { try $0.useEnrolmentLink(digest: digest, of: account.id, at: time) }
            }
        }
        try await store.write { try $0.useEnrolmentLink(digest: [2], of: one.id, at: 199) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.useEnrolmentLink(digest: [2], of: one.id, at: 199) }
        }
        try await store.write {
            try $0.save(first)
            try $0.removeEnrolmentLink(of: one.id)
        }
        #expect(try await store.read { try $0.enrolmentLink(digest: [1], at: 50) } == nil)

        try await store.write { try $0.setRecoveryCodes([[1], [2]], of: one.id) }
        #expect(try await store.reopened().read { try $0.recoveryCodeOwner(digest: [2]) } == one.id)
        #expect(try await store.write { try $0.useRecoveryCode(digest: [2]) } == one.id)
        #expect(try await store.read { try $0.recoveryCodeOwner(digest: [2]) } == nil)
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            _ = try await store.write { try $0.useRecoveryCode(digest: [2]) }
        }
        #expect(try await store.read { try $0.recoveryCodeCount(of: one.id) } == 1)
        try await store.write { try $0.setRecoveryCodes([[3]], of: one.id) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            _ = try await store.write { try $0.useRecoveryCode(digest: [1]) }
        }
    }
}
