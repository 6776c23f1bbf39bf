import Errors
import Store
import Testing

@Suite("Store contract: notices")
struct NoticeContract {
    private static func notice(_ key: String, _ channel: String = "mail", at time: Int = 100) -> Notice {
        Notice(key: key, channel: channel, text: "待审批\nwaits", madeAt: time)
    }

    @Test("a notice is sent once by each channel, and tried again in its time", arguments: StoreDriver.all)
    func outbox(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (first, other) = (Self.notice("s-1"), Self.notice("s-1", "office"))
        try await store.write { for notice in [first, other, Self.notice("s-1", at: 300)] { try $0.post(notice) } }
        #expect(try await store.reopened().read { try $0.dueNotices(at: 100, limit: 9) } == [first, other])
        #expect(try await store.read { try $0.dueNotices(at: 99, limit: 9) } == [])
        #expect(try await store.read { try $0.dueNotices(at: 100, limit: 1) } == [first])
        let later = Notice(
            key: "s-1", channel: "mail", text: first.text, madeAt: 100, tries: 1, nextAt: 160, problem: "refused")
        let sent = Notice(key: "s-1", channel: "office", text: first.text, madeAt: 100, state: .sent, tries: 1)
        try await store.write { for notice in [later, sent] { try $0.update(notice) } }
        #expect(try await store.read { try $0.dueNotices(at: 159, limit: 9) } == [])
        #expect(try await store.read { try $0.dueNotices(at: 160, limit: 9) } == [later])
        #expect(try await store.read { try $0.notices(limit: 9) } == [sent, later])
        // Posted again, it stays sent.
        try await store.write { try $0.post(other) }
        #expect(try await store.read { try $0.notices(limit: 1) } == [sent])
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.update(Self.notice("s-2")) }
        }
        try await store.write { try $0.removeNotices(madeBy: 100) }
        #expect(try await store.read { try $0.notices(limit: 9) } == [later])
    }
}
