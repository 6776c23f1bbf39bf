import Credential
import Errors
import Store
import Testing

@Suite("Store contract: proposals about accounts")
struct AccountProposalContract {
    @Test("a proposal is open for a time, one for each account, and is decided once", arguments: StoreDriver.all)
    func proposals(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await AccountContract.made(store)
        let day = CalendarDate(daysSinceEpoch: 20_000)
        let roles = [
            AccountRole(role: "officer", institution: nil, from: day, until: day, grantedBy: "x"),
            AccountRole(role: "registrar", institution: Sample.institution.id, from: day, until: nil, grantedBy: "x"),
        ]
        let link = AccountProposal(.link, of: one.id, by: two.id, at: 100)
        let change = AccountProposal(.roles(roles), of: one.id, by: two.id, at: 110)
        let other = AccountProposal(.roles([]), of: two.id, by: one.id, at: 120)
        let first = try await store.write { try $0.insert(link) }
        #expect(try await store.read { try $0.accountProposal(first, at: 110) } == link)
        let second = try await store.write { try $0.insert(change) }
        let third = try await store.write { try $0.insert(other) }
        #expect(try await store.read { try $0.accountProposal(first, at: 110) } == nil)
        #expect(try await store.reopened().read { try $0.accountProposals(at: 130).map(\.id) } == [second, third])
        #expect(try await store.read { try $0.accountProposals(at: 130).map(\.proposal) } == [change, other])
        let end = 110 + AccountProposal.seconds
        #expect(try await store.read { try $0.accountProposal(second, at: end - 1) } == change)
        #expect(try await store.read { try $0.accountProposal(second, at: end) } == nil)
        try await store.write { try $0.removeAccountProposal(second) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.removeAccountProposal(second) }
        }
        #expect(try await store.read { try $0.accountProposals(at: 130).map(\.id) } == [third])
    }

    @Test("what happened to accounts is told for a month, the newest first", arguments: StoreDriver.all)
    func news(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, two) = try await AccountContract.made(store)
        let month = 30 * 86_400
        let (old, new) = (
            AccountNews(.recoveryCodeUsed, of: one.id, by: "account 1", at: 100),
            AccountNews(.rolesChanged, of: two.id, by: "account 1", at: 100 + month)
        )
        try await store.write { for news in [old, new] { try $0.insert(news) } }
        #expect(try await store.reopened().read { try $0.accountNews(since: 100) } == [new, old])
        #expect(try await store.read { try $0.accountNews(since: 101) } == [new])
        try await store.write { try $0.insert(AccountNews(.linkGiven, of: two.id, by: "x", at: 101 + month)) }
        #expect(try await store.read { try $0.accountNews(since: 0).count } == 2)
    }
}
