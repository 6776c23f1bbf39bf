import Acts
import Audit
import AuditLog
import Errors
import Signing
import Store
import StoreSQLite
import TestSupport
import Testing

/// Acts as a front calls them: without a process.
@Suite struct ActsTests {
    private static let now = 1_783_000_000
    private static let officer = Actor("officer", by: .commandLine, may: Set(Permission.allCases))

    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let folder: CheckpointFolder
    private let authority: Authority

    init() async throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.path + "/test.sqlite")
        folder = CheckpointFolder(directory.path)
        _ = try folder.createKey()
        authority = Authority(AuditTrail(store: store.forAudits, folder: folder))
    }

    private func perform<A: Act>(
        _ act: A, by actor: Actor = officer, at time: Int = now
    ) async throws -> A.Outcome {
        try await authority.perform(act, in: store, by: actor, at: time)
    }

    private func kinds() async throws -> [AuditAct.Kind] {
        try await store.read { try $0.auditEntries(after: 0, limit: 100) }.map(\.act.kind)
    }

    private func newKey() throws -> NewAPIKey {
        try NewAPIKey(name: "x", scopes: ["verify"], perMinute: 60, now: Self.now, expiresAt: Self.now + 1000)
    }

    @Test("A key of the API is given, replaced and ended, each on record and signed before it is told")
    func keysOfTheAPI() async throws {
        let (first, second) = (try newKey(), try newKey())
        try await perform(CreateAPIKey(first.record))
        #expect(try folder.newest()?.sequence == 1)
        let end = try await perform(RotateAPIKey(first.record.id, successor: second.record, overlap: 50))
        #expect(end == Self.now + 50)
        try await perform(RevokeAPIKey(second.record.id))
        let keys = try await store.read { try $0.apiKeys() }
        #expect(keys.first { $0.id == first.record.id }?.expiresAt == end)
        #expect(keys.first { $0.id == second.record.id }?.revokedAt == Self.now)
        #expect(try await kinds() == [.apiKeyCreated, .apiKeyCreated, .apiKeyEnded, .apiKeyEnded])
        #expect(try folder.newest()?.sequence == 4)
        #expect(try await AuditTrail(store: store.forAudits, folder: folder).verify()?.last.sequence == 4)
    }

    @Test("What is refused changes nothing: an ended key has no successor")
    func refused() async throws {
        let key = try newKey()
        try await perform(CreateAPIKey(key.record))
        try await perform(RevokeAPIKey(key.record.id))
        let before = try await kinds()
        let successor = try newKey().record
        await #expect { try await perform(RotateAPIKey(key.record.id, successor: successor, overlap: 0)) } throws: {
            ($0 as? any Explained)?.category == .refused && ($0 as? any Explained)?.remedy == .createAPIKey
        }
        #expect(try await kinds() == before)
        #expect(try await store.read { try $0.apiKeys() }.count == 1)
    }

    @Test("Each act needs its permission; with it the same act is carried out", arguments: Permission.allCases)
    func permissions(missing: Permission) async throws {
        let actor = Actor("clerk", by: .server, may: Set(Permission.allCases).subtracting([missing]))
        let act = RevokeAPIKey("unknown")
        await #expect { try await perform(act, by: actor) } throws: {
            ($0 as? any Explained)?.category == (missing == act.permission ? .denied : .missing)
        }
        await #expect { try await perform(act) } throws: { ($0 as? any Explained)?.category == .missing }
        #expect(try await kinds().isEmpty)
    }

    @Test("Nothing is done over a database that lacks what was signed")
    func behind() async throws {
        try await perform(CreateAPIKey(newKey().record))
        let other = try SQLiteStore(path: directory.path + "/older.sqlite")
        let older = Authority(AuditTrail(store: other.forAudits, folder: folder))
        let key = try newKey().record
        await #expect(throws: AuditProblem(.behind, zh: "", en: "")) {
            try await older.perform(CreateAPIKey(key), in: other, by: Self.officer, at: Self.now)
        }
        #expect(try await other.read { try $0.apiKeys() }.isEmpty)
        // The control: over the database that has it the same act is carried out.
        try await perform(CreateAPIKey(key))
    }

    @Test("Rows are settled, keys written down, holders invited, as the record tells")
    func others() async throws {
        try await perform(SettleRow([1, 2, 3], rules: ["sex-differs", "age"], reason: "card seen"))
        let settled = try await store.read { try $0.settlements() }
        #expect(
            Set(settled.map(\.rule)) == ["sex-differs", "age"] && settled.allSatisfy { $0.approval.actor == "officer" })
        try await perform(CreateKey(PrivateKey.generate(.es256).publicKey, [.purpose: .text("receipts")]))
        try await perform(InviteHolders([], subject: [.batch: .number(1)]))
        #expect(try await kinds() == [.rowSettled, .rowSettled, .keyCreated, .holdersInvited])
        await #expect { try await perform(PauseCampaign(named: "none")) } throws: {
            ($0 as? any Explained)?.remedy == .listCampaigns
        }
    }
}
