import Credential
import Errors
import Store
import Testing

@Suite("Store contract: accounts")
struct AccountContract {
    private static func account(_ byte: UInt8, _ name: String = "王海燕") -> Account {
        // 16 bytes, as the type asks.
        let id = AccountID(bytes: [UInt8](repeating: byte, count: AccountID.byteCount))!
        return Account(id: id, handle: [byte, 9], name: name, state: .invited, createdAt: 10)
    }

    private static func passkey(_ byte: UInt8, of account: Account) -> Passkey {
        Passkey(
            id: [byte], account: account.id, cose: [byte, 1], counter: 3, isBackupEligible: byte == 1,
            transports: ["hybrid", "internal"], label: "电脑", addedAt: 20)
    }

    private static func made(_ store: TestStore) async throws -> (Account, Account) {
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

    @Test(
        "a session ends by its time, idle, and with a change of its account, for every server",
        arguments: StoreDriver.all)
    func sessions(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await Self.made(store)
        @Sendable func session(_ byte: UInt8, _ account: Account) -> StaffSession {
            StaffSession(digest: [byte], account: account.id, epoch: 1, begunAt: 100, seenAt: 100, endsAt: 9000)
        }
        @Sendable func found(_ byte: UInt8, at time: Int) async throws -> StaffSession? {
            try await store.reopened().read { try $0.staffSession(digest: [byte], at: time) }
        }
        let sessions = [session(1, one), session(2, one), session(3, two)]
        try await store.write { for session in sessions { try $0.insert(session, at: 100) } }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.insert(sessions[0], at: 100) } }
        #expect(try await found(1, at: 100 + StaffSession.idleSeconds - 1) == sessions[0])
        #expect(try await found(1, at: 100 + StaffSession.idleSeconds) == nil)
        try await store.write {
            try $0.markSeen(staffSession: [1], at: 1500)
            try $0.markSeen(staffSession: [1], at: 1400)
        }
        #expect(try await found(1, at: 3299)?.seenAt == 1500)
        try await store.write { for time in [3200, 4900, 6600, 8300] { try $0.markSeen(staffSession: [1], at: time) } }
        #expect(try await found(1, at: 8999) != nil)
        #expect(try await found(1, at: 9000) == nil)
        #expect(try await store.read { try $0.staffSessionCount(of: one.id, at: 150) } == 2)
        #expect(try await store.read { try $0.staffSessionCount(of: one.id, at: 8999) } == 1)
        try await store.write { try $0.endStaffSession(digest: [1]) }
        #expect(try await found(1, at: 8999) == nil)
        var changed = one
        changed.epoch = 2
        let next = changed
        try await store.write { try $0.update(next) }
        #expect(try await found(2, at: 150) == nil)
        // The control: another account's goes on.
        #expect(try await found(3, at: 150) == sessions[2])
        try await store.write {
            try $0.insert(session(4, two), at: 100)
            try $0.insert(session(5, two), at: 100)
            try $0.endStaffSessions(of: two.id, except: [4])
        }
        #expect(try await found(3, at: 150) == nil)
        #expect(try await found(5, at: 150) == nil)
        #expect(try await found(4, at: 150) != nil)
    }

    @Test("a challenge is answered once, by its browser, for its purpose, in its time", arguments: StoreDriver.all)
    func challenges(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, _) = try await Self.made(store)
        func challenge(_ byte: UInt8, _ purpose: PasskeyChallenge.Purpose) -> PasskeyChallenge {
            PasskeyChallenge(
                browser: [7], purpose: purpose, challenge: [byte], account: purpose == .enrol ? one.id : nil,
                expiresAt: 100)
        }
        let asked = [challenge(1, .enrol), challenge(2, .signIn), challenge(3, .signIn)]
        try await store.write { for challenge in asked { try $0.save(challenge, at: 10) } }
        func spend(_ browser: UInt8, _ purpose: PasskeyChallenge.Purpose, at time: Int) async throws -> PasskeyChallenge
        {
            try await store.write { try $0.spendChallenge(of: [browser], for: purpose, at: time) }
        }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) { _ = try await spend(8, .signIn, at: 50) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) { _ = try await spend(7, .signIn, at: 100) }
        #expect(try await spend(7, .signIn, at: 99) == asked[2])
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) { _ = try await spend(7, .signIn, at: 99) }
        #expect(try await spend(7, .enrol, at: 99) == asked[0])
    }

    @Test("after a restore nobody is signed in, and no link or question is open", arguments: StoreDriver.all)
    func restored(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, _) = try await Self.made(store)
        let session = StaffSession(digest: [1], account: one.id, epoch: 1, begunAt: 10, seenAt: 10, endsAt: 900)
        let challenge = PasskeyChallenge(
            browser: [7], purpose: .signIn, challenge: [1], account: nil, expiresAt: 100)
        let link = EnrolmentLink(digest: [1], account: one.id, expiresAt: 100)
        try await store.write {
            try $0.insert(session, at: 10)
            try $0.save(link)
            try $0.save(challenge, at: 10)
        }
        #expect(try await store.read { try $0.staffSession(digest: [1], at: 20) } == session)
        try await store.write { try $0.endStaffAccess() }
        #expect(try await store.read { try $0.staffSession(digest: [1], at: 20) } == nil)
        #expect(try await store.read { try $0.enrolmentLink(digest: [1], at: 20) } == nil)
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            _ = try await store.write { try $0.spendChallenge(of: [7], for: .signIn, at: 20) }
        }
        #expect(try await store.read { try $0.account(one.id) } == one)
    }

    @Test("tries are counted for each name; two at once never share one", arguments: StoreDriver.all)
    func allowances(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        @Sendable func take(_ name: String, at time: Int) async throws -> Bool {
            try await store.write { try $0.takeAllowance(name, most: 10, seconds: 60, at: time) }
        }
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<30 { group.addTask { try await take("a", at: 1000) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 10)
        #expect(try await !take("a", at: 1059))
        #expect(try await take("a", at: 1060))
        #expect(try await !take("a", at: 1061))
        // The control: another name has its own.
        #expect(try await take("b", at: 1000))
        #expect(try await take("a", at: 5000))
    }
}
