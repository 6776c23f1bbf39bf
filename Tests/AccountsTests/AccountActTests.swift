import Accounts
import Acts
import Audit
import AuditLog
import Credential
import Errors
import Signing
import Store
import StoreSQLite
import TestSupport
import Testing

/// Accounts through their life, as a front calls the acts.
@Suite struct AccountActTests {
    private static let now = 1_783_000_000
    private static let today = CalendarDate(daysSinceEpoch: now / 86_400)
    private static let console = Actor("root", by: .commandLine, may: Set(Permission.allCases))

    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let authority: Authority
    private let trail: AuditTrail

    init() async throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.path + "/test.sqlite")
        let folder = CheckpointFolder(directory.path)
        _ = try folder.createKey()
        trail = AuditTrail(store: store.forAudits, folder: folder)
        authority = Authority(trail)
    }

    private func perform<A: Act>(_ act: A, by actor: Actor = console, at time: Int = now) async throws -> A.Outcome {
        try await authority.perform(act, in: store, by: actor, at: time)
    }

    private static func role(_ role: Role, _ institution: String? = nil) -> AccountRole {
        AccountRole(
            role: role.rawValue, institution: institution.map { InstitutionID($0) }, from: today, until: nil,
            grantedBy: "root")
    }

    private static func passkey(_ byte: UInt8, of account: Account) -> Passkey {
        Passkey(
            id: [byte], account: account.id, cose: [1], counter: 0, isBackupEligible: false, transports: [],
            label: "笔记本", addedAt: now)
    }

    private func person(_ name: String, _ roles: [AccountRole], passkey byte: UInt8) async throws -> Account {
        let account = try Account.invited(name, at: Self.now)
        let link = try NewEnrolmentLink(for: account.id, at: Self.now)
        try await perform(try CreateAccount(account, roles: roles, link: link.record))
        let digest = try SHA256.digest(link.token.utf8)
        try await perform(AddPasskey(Self.passkey(byte, of: account), by: .link(digest), recoveryCodes: [[byte]]))
        return try #require(try await store.read { try $0.account(account.id) })
    }

    private func kinds() async throws -> [AuditAct.Kind] {
        try await store.read { try $0.auditEntries(after: 0, limit: 100) }.map(\.act.kind)
    }

    @Test("An account is made, taken up once, changed and ended, each on record without its name")
    func life() async throws {
        let account = try await person("王海燕", [Self.role(.administrator)], passkey: 1)
        #expect(account.state == .active && account.epoch == 2)
        let second = try await person("李主任", [Self.role(.officer)], passkey: 2)
        let own = Actor(second.id.actorName, by: .server, may: [.ownAccount])
        try await perform(AddPasskey(Self.passkey(3, of: second), by: .session, recoveryCodes: nil), by: own)
        try await perform(RemovePasskey([2], of: second.id), by: own)
        await #expect(throws: AccountError(.lastPasskey, zh: "", en: "")) {
            try await perform(RemovePasskey([3], of: second.id), by: own)
        }
        try await perform(ChangeRoles(second.id, to: [Self.role(.supervisor)], on: Self.today))
        #expect(try await store.read { try $0.roles(of: second.id) }.map(\.role) == ["supervisor"])
        try await perform(EndAccount(second.id, on: Self.today))
        let ended = try await store.read { (try $0.account(second.id)?.state, try $0.passkeys(of: second.id)) }
        #expect(ended.0 == .ended && ended.1.isEmpty)
        await #expect(throws: AccountError(.ended, zh: "", en: "")) {
            try await perform(InviteAgain(NewEnrolmentLink(for: second.id, at: Self.now).record, on: Self.today))
        }
        let acts: [AuditAct.Kind] = [.accountCreated, .accountChanged]
        let later: [AuditAct.Kind] = [.accountChanged, .accountChanged, .accountChanged, .accountEnded]
        #expect(try await kinds() == acts + acts + later)
        let entries = try await store.read { try $0.auditEntries(after: 0, limit: 100) }
        #expect(!entries.contains { "\($0)".contains("王海燕") || "\($0)".contains("李主任") })
        #expect(try await trail.verify()?.last.sequence == 8)
    }

    @Test("A link is good once, until its end, and until the next; a recovery code once")
    func once() async throws {
        let account = try Account.invited("王海燕", at: Self.now)
        let first = try NewEnrolmentLink(for: account.id, at: Self.now)
        let second = try NewEnrolmentLink(for: account.id, at: Self.now)
        try await perform(CreateAccount(account, roles: [Self.role(.administrator)], link: first.record))
        try await perform(InviteAgain(second.record, on: Self.today))
        func add(_ byte: UInt8, _ proof: AddPasskey.Proof, at time: Int = Self.now) async throws {
            try await perform(AddPasskey(Self.passkey(byte, of: account), by: proof, recoveryCodes: nil), at: time)
        }
        let digest = second.record.digest
        await #expect(throws: AccountError.linkUsed) { try await add(1, .link(first.record.digest)) }
        await #expect(throws: AccountError.linkUsed) {
            try await add(1, .link(digest), at: Self.now + NewEnrolmentLink.seconds)
        }
        #expect(try await store.read { try $0.passkeys(of: account.id) }.isEmpty)
        try await add(1, .link(digest), at: Self.now + NewEnrolmentLink.seconds - 1)
        await #expect(throws: AccountError.linkUsed) { try await add(2, .link(digest)) }

        let codes = try RecoveryCodes()
        try await store.write { try $0.setRecoveryCodes(codes.digests, of: account.id) }
        #expect(Set(codes.codes).count == 8)
        let typed = try #require(try RecoveryCodes.digest(typed: codes.codes[3].lowercased().replacing("-", with: " ")))
        try await add(4, .recoveryCode(typed))
        await #expect(throws: AccountError.linkUsed) { try await add(5, .recoveryCode(typed)) }
        #expect(try await store.read { try $0.recoveryCodeCount(of: account.id) } == 7)
        for text in ["", "1234", String(repeating: "U", count: 16), codes.codes[0] + "0"] {
            #expect(try RecoveryCodes.digest(typed: text) == nil)
        }
    }

    @Test("Nobody changes the own roles, nor ends the last administrator, nor acts without the permission")
    func refused() async throws {
        let administrator = try await person("王海燕", [Self.role(.administrator)], passkey: 1)
        let own = Actor(administrator.id.actorName, by: .server, may: [.changeAccounts])
        let before = try await kinds()
        await #expect(throws: AccountError(.ownRoles, zh: "", en: "")) {
            try await perform(ChangeRoles(administrator.id, to: [Self.role(.supervisor)], on: Self.today), by: own)
        }
        await #expect(throws: AccountError(.lastAdministrator, zh: "", en: "")) {
            try await perform(ChangeRoles(administrator.id, to: [Self.role(.supervisor)], on: Self.today))
        }
        await #expect(throws: AccountError(.lastAdministrator, zh: "", en: "")) {
            try await perform(EndAccount(administrator.id, on: Self.today), by: own)
        }
        let clerk = Actor("clerk", by: .server, may: Set(Permission.allCases).subtracting([.changeAccounts]))
        await #expect { try await perform(EndAccount(administrator.id, on: Self.today), by: clerk) } throws: {
            ($0 as? any Explained)?.category == .denied
        }
        #expect(try await kinds() == before)
        #expect(try await store.read { try $0.account(administrator.id)?.state } == .active)
        // The control: with a second administrator the first may go.
        _ = try await person("赵", [Self.role(.administrator)], passkey: 2)
        try await perform(EndAccount(administrator.id, on: Self.today))
        #expect(try await store.read { try $0.account(administrator.id)?.state } == .ended)
    }

    private static func front(_ account: Account) -> Actor {
        Actor(account.id.actorName, by: .server, may: [.changeAccounts])
    }

    @Test("In the portal no administrator alone changes roles, makes an administrator or gives one a link")
    func secondAdministrator() async throws {
        let first = try await person("王海燕", [Self.role(.administrator)], passkey: 1)
        let second = try await person("赵", [Self.role(.administrator)], passkey: 2)
        let third = try await person("钱", [Self.role(.administrator)], passkey: 3)
        let clerk = try await person("孙", [Self.role(.registrar, "4137012391")], passkey: 4)
        let fresh = try Account.invited("李", at: Self.now)
        let link = try NewEnrolmentLink(for: second.id, at: Self.now).record
        let needsSecond = AccountError.needsSecond
        await #expect(throws: needsSecond) {
            try await perform(
                ChangeRoles(clerk.id, to: [Self.role(.officer)], on: Self.today), by: Self.front(first))
        }
        await #expect(throws: needsSecond) {
            let newLink = try NewEnrolmentLink(for: fresh.id, at: Self.now).record
            try await perform(
                CreateAccount(fresh, roles: [Self.role(.administrator)], link: newLink), by: Self.front(first))
        }
        await #expect(throws: needsSecond) {
            try await perform(InviteAgain(link, on: Self.today), by: Self.front(first))
        }
        func propose(_ change: AccountProposal.Change, of account: Account) async throws -> AccountProposalID {
            try await perform(try ProposeAccountChange(change, of: account.id, by: first.id), by: Self.front(first))
            let open = try await store.read { try $0.accountProposals(at: Self.now) }
            return try #require(open.first { $0.proposal.account == account.id }?.id)
        }
        @discardableResult
        func confirm(_ id: AccountProposalID, by account: Account, at time: Int = Self.now) async throws
            -> NewEnrolmentLink?
        {
            try await perform(
                ConfirmAccountChange(id, by: account.id, on: Self.today), by: Self.front(account), at: time)
        }
        let roles = try await propose(.roles([Self.role(.officer)]), of: clerk)
        #expect(try await store.read { try $0.roles(of: clerk.id) }.map(\.role) == ["registrar"])
        await #expect(throws: AccountError.ownProposal) { try await confirm(roles, by: first) }
        await #expect(throws: AccountError.ownProposal) { try await confirm(roles, by: clerk) }
        await #expect(throws: AccountError.proposalGone) {
            try await confirm(roles, by: second, at: Self.now + AccountProposal.seconds)
        }
        try await confirm(roles, by: second)
        #expect(try await store.read { try $0.roles(of: clerk.id) }.map(\.role) == ["officer"])
        let news = try await store.read { try $0.accountNews(since: 0) }
        #expect(news.first == AccountNews(.rolesChanged, of: clerk.id, by: second.id.actorName, at: Self.now))
        await #expect(throws: AccountError.proposalGone) { try await confirm(roles, by: second) }

        let forSecond = try await propose(.link, of: second)
        await #expect(throws: AccountError.ownProposal) { try await confirm(forSecond, by: second) }
        let given = try #require(try await confirm(forSecond, by: third))
        let digest = given.record.digest
        #expect(try await store.read { try $0.enrolmentLink(digest: digest, at: Self.now) } == given.record)

        try await perform(
            try ProposeAdministrator(fresh, roles: [Self.role(.administrator)], by: first.id), by: Self.front(first))
        #expect(try await store.read { try $0.roles(of: fresh.id) }.isEmpty)
        let open = try await store.read { try $0.accountProposals(at: Self.now) }
        let admin = try #require(open.first?.id)
        // Who proposed it is no administrator any more.
        try await perform(ChangeRoles(first.id, to: [Self.role(.supervisor)], on: Self.today))
        await #expect(throws: AccountError.proposalGone) { try await confirm(admin, by: second) }
        try await perform(RefuseAccountChange(admin), by: Self.front(third))
        await #expect(throws: AccountError.proposalGone) {
            try await perform(RefuseAccountChange(admin), by: Self.front(third))
        }
        // The control: on the console one is enough.
        try await perform(InviteAgain(link, on: Self.today))
        #expect(try await trail.verify() != nil)
    }

    @Test("A recovery code that was used is told")
    func recoveryTold() async throws {
        let account = try await person("王海燕", [Self.role(.officer)], passkey: 1)
        try await perform(AddPasskey(Self.passkey(7, of: account), by: .recoveryCode([1]), recoveryCodes: [[2]]))
        let news = try await store.read { try $0.accountNews(since: 0) }
        #expect(news.map(\.kind) == [.recoveryCodeUsed] && news[0].account == account.id)
    }

    @Test(
        "A browser is named in our own words",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, Windows"
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1",
                "Safari, iPhone"
            ),
            ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
            ("<b>\"x", ""),
        ])
    func devices(userAgent: String, name: String) { #expect(DeviceName.of(userAgent) == name) }

    @Test("A session idles out, ends in its time and with a change of the account; reading writes once a minute")
    func sessions() async throws {
        let account = try await person("王海燕", [Self.role(.officer)], passkey: 1)
        let sessions = StaffSessions(store.forAccounts)
        func find(_ token: String, after seconds: Int) async throws -> SignedIn? {
            try await sessions.find(token, on: Self.today, at: Self.now + seconds)
        }
        let token = try await sessions.begin(for: account, on: Self.today, at: Self.now)
        #expect(try await find(token, after: 59)?.session.seenAt == Self.now)
        #expect(try await find(token, after: 60)?.session.seenAt == Self.now)
        #expect(try await find(token, after: 61)?.session.seenAt == Self.now + 60)
        #expect(try await find(token, after: 60 + 1799) != nil)
        let idle = try await sessions.begin(for: account, on: Self.today, at: Self.now)
        #expect(try await find(idle, after: 1800) == nil)
        #expect(try await find(token + "A", after: 70) == nil)
        // An officer's ends after 8 hours, however busy.
        for hour in stride(from: 1800, to: 8 * 3600, by: 1200) { _ = try await find(token, after: hour) }
        #expect(try await find(token, after: 8 * 3600 - 1) != nil)
        #expect(try await find(token, after: 8 * 3600) == nil)

        let last = try await sessions.begin(for: account, on: Self.today, at: Self.now)
        #expect(try await find(last, after: 1)?.heldRoles == [.officer])
        try await perform(ChangeRoles(account.id, to: [Self.role(.supervisor)], on: Self.today))
        #expect(try await find(last, after: 2) == nil)
    }
}
