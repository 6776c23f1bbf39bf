import Accounts
import Errors
import Store
import StoreSQLite
import TestSupport
import Testing
import WebAuthn

/// What is asked of browsers, and which answers count.
@Suite struct PasskeyDeskTests {
    private static let now = 1_783_000_000

    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let desk: PasskeyDesk
    private let account: Account
    private let device: SoftAuthenticator

    init() async throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.path + "/test.sqlite")
        desk = PasskeyDesk(store.forAccounts, party: try RelyingParty(origin: "https://portal.example.org"))
        var made = try Account.invited("王海燕", at: Self.now)
        made.state = .active
        account = made
        device = try SoftAuthenticator([1, 2, 3], at: desk.party)
        try await store.write { [account] in try $0.insert(account) }
    }

    private func registration(in browser: String = "b") async throws -> RegistrationResponse {
        let options = try await desk.beginRegistration(of: account, in: browser, at: Self.now)
        return try device.registration(SoftAuthenticator.challenge(options))
    }

    private func registered() async throws {
        let response = try await registration()
        let passkey = try await desk.register(response, for: account, label: "电脑", in: "b", at: Self.now)
        try await store.write { try $0.insert(passkey) }
    }

    private func answer(counter: UInt8, at time: Int = now) async throws -> AssertionResponse {
        let options = try await desk.beginSignIn(in: "b", from: "192.0.2.1", at: time)
        return try device.assertion(SoftAuthenticator.challenge(options), of: account.handle, counter: counter)
    }

    private func signIn(
        _ response: AssertionResponse, in browser: String = "b", at time: Int = now
    ) async throws -> AccountID {
        try await desk.signIn(response, in: browser, from: "192.0.2.1", at: time).id
    }

    @Test("An answer counts once, in its browser, for its account, within five minutes; a passkey is one account's")
    func registering() async throws {
        let response = try await registration()
        func register(
            _ response: RegistrationResponse, for account: Account, in browser: String = "b", at time: Int = Self.now
        ) async throws -> Passkey {
            try await desk.register(response, for: account, label: "", in: browser, at: time)
        }
        await #expect(throws: AccountError.ceremonyOver) { _ = try await register(response, for: account, in: "c") }
        let passkey = try await register(response, for: account)
        await #expect(throws: AccountError.ceremonyOver) { _ = try await register(response, for: account) }
        try await store.write { try $0.insert(passkey) }
        let again = try await registration()
        await #expect(throws: AccountError.passkeyTaken) { _ = try await register(again, for: account) }
        let late = try await registration()
        await #expect(throws: AccountError.ceremonyOver) {
            _ = try await register(late, for: account, at: Self.now + CeremonyTime.seconds)
        }
        let another = try Account.invited("李明", at: Self.now)
        let misused = try await registration()
        await #expect(throws: AccountError.ceremonyOver) { _ = try await register(misused, for: another) }
    }

    @Test("A sign-in counts once; what was spent is spent, also by a wrong answer")
    func signingIn() async throws {
        try await registered()
        let response = try await answer(counter: 1)
        #expect(try await signIn(response) == account.id)
        await #expect(throws: AccountError.ceremonyOver) { _ = try await signIn(response) }
        let good = try await answer(counter: 2)
        let bad = AssertionResponse(
            credentialID: good.credentialID, userHandle: good.userHandle, clientDataJSON: good.clientDataJSON,
            authenticatorData: good.authenticatorData, signature: [])
        await #expect(throws: WebAuthnError.self) { _ = try await signIn(bad) }
        await #expect(throws: AccountError.ceremonyOver) { _ = try await signIn(good) }
        // The question of another browser is none of ours.
        let stolen = try await answer(counter: 3)
        await #expect(throws: AccountError.ceremonyOver) { _ = try await signIn(stolen, in: "c") }
        #expect(try await signIn(stolen) == account.id)
        let kept = try await store.read { try $0.passkey(id: [1, 2, 3]) }
        #expect(kept?.counter == 3 && kept?.usedAt == Self.now && kept?.doubtedAt == nil)
        // A counter that does not rise lets in, and is told.
        #expect(try await signIn(try await answer(counter: 3)) == account.id)
        #expect(try await store.read { try $0.passkey(id: [1, 2, 3])?.doubtedAt } == Self.now)
    }

    @Test("An ended account and an unknown passkey are answered alike; tries have an end, and come again")
    func refused() async throws {
        let unknown = try await answer(counter: 1)
        await #expect(throws: AccountError.passkeyUnknown) { _ = try await signIn(unknown) }
        try await registered()
        var ended = account
        (ended.state, ended.epoch) = (.ended, 2)
        let next = ended
        try await store.write { try $0.update(next) }
        for _ in 0..<9 {
            let response = try await answer(counter: 1)
            await #expect(throws: AccountError.passkeyUnknown) { _ = try await signIn(response) }
        }
        let eleventh = try await answer(counter: 1)
        await #expect(throws: AccountError.tooManyTries) { _ = try await signIn(eleventh) }
        let later = try await answer(counter: 1, at: Self.now + 60)
        await #expect(throws: AccountError.passkeyUnknown) { _ = try await signIn(later, at: Self.now + 60) }
    }

    @Test("Questions of one client have an end, too")
    func questions() async throws {
        for _ in 0..<60 { _ = try await desk.beginSignIn(in: "b", from: "192.0.2.2", at: Self.now) }
        await #expect(throws: AccountError.tooManyTries) {
            _ = try await desk.beginSignIn(in: "b", from: "192.0.2.2", at: Self.now)
        }
        // The control: another client's go on.
        _ = try await desk.beginSignIn(in: "b", from: "192.0.2.3", at: Self.now)
    }
}
