import Errors
import Store
import Testing

@Suite("Store contract: staff")
struct StaffContract {
    @Test(
        "a session ends by its time, idle, and with a change of its account, for every server",
        arguments: StoreDriver.all)
    func sessions(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await AccountContract.made(store)
        @Sendable func session(_ byte: UInt8, _ account: Account) -> StaffSession {
            StaffSession(
                digest: [byte], account: account.id, epoch: 1, begunAt: 100, seenAt: 100, endsAt: 9000,
                method: byte == 1 ? .password : .passkey, device: "Firefox, Windows")
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
        #expect(try await store.read { try $0.staffSessions(of: one.id, at: 150) }.map(\.digest) == [[1], [2]])
        #expect(try await store.read { try $0.staffSessions(of: one.id, at: 8999) }.map(\.digest) == [[1]])
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
        let (one, _) = try await AccountContract.made(store)
        func challenge(_ byte: UInt8, _ purpose: PasskeyChallenge.Purpose) -> PasskeyChallenge {
            PasskeyChallenge(
                browser: [7], purpose: purpose, challenge: [byte], account: purpose == .enrol ? one.id : nil,
                statement: purpose == .approve ? [byte, 9] : [], expiresAt: 100)
        }
        let asked = [challenge(1, .enrol), challenge(2, .signIn), challenge(3, .signIn), challenge(4, .approve)]
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
        #expect(try await spend(7, .approve, at: 99) == asked[3])
    }

    @Test("after a restore nobody is signed in, and no link or question is open", arguments: StoreDriver.all)
    func restored(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, _) = try await AccountContract.made(store)
        let session = StaffSession(digest: [1], account: one.id, epoch: 1, begunAt: 10, seenAt: 10, endsAt: 900)
        let challenge = PasskeyChallenge(
            browser: [7], purpose: .signIn, challenge: [1], account: nil, expiresAt: 100)
        let link = EnrolmentLink(digest: [1], account: one.id, expiresAt: 100)
        try await store.write {
            try $0.insert(session, at: 10)
            try $0.save(link)
            try $0.save(challenge, at: 10)
            _ = try $0.insert(AccountProposal(.link, of: one.id, by: one.id, at: 10))
        }
        #expect(try await store.read { try $0.staffSession(digest: [1], at: 20) } == session)
        #expect(try await store.read { try $0.accountProposals(at: 20).count } == 1)
        try await store.write { try $0.endStaffAccess() }
        #expect(try await store.read { try $0.staffSession(digest: [1], at: 20) } == nil)
        #expect(try await store.read { try $0.enrolmentLink(digest: [1], at: 20) } == nil)
        #expect(try await store.read { try $0.accountProposals(at: 20).count } == 0)
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
