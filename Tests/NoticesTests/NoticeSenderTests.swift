import Errors
import Foundation
import HomeFolder
import Logging
import Notices
import Store
import StoreSQLite
import Synchronization
import TestSupport
import Testing

/// The outbox, with servers of the test's own on loopback.
@Suite struct NoticeSenderTests {
    private final class HandClock: Sendable {
        private let seconds = Mutex(1_783_000_000)
        var now: Int { seconds.withLock { $0 } }
        func go(_ more: Int) { seconds.withLock { $0 += more } }
    }

    private static let item = NoticeSender.Item(
        key: "submission-1-waiting",
        words: BilingualText(zh: "潍坊职业学院的成绩表待审核：2176 份证书", en: "a sheet waits for review: 2176 certificates"))

    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let clock = HandClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.path + "/test.sqlite", now: { [clock] in clock.now })
    }

    private func sender(_ channels: [NoticeChannel], _ items: [NoticeSender.Item] = [item]) throws -> NoticeSender {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let config = try HomeConfig(
            authority: "鉴定中心", host: "verify.example.org", portal: "https://portal.example.org", notices: channels)
        return try NoticeSender(
            config, store: store.forJobs, source: { items }, logger: logger, now: { [clock] in clock.now })
    }

    private func hook(_ server: LoopbackServer, _ form: NoticeChannel.Form = .wecom, name: String = "office")
        -> NoticeChannel
    {
        NoticeChannel(name: name, webhook: "http://127.0.0.1:\(server.port)/robot?key=1", form: form)
    }

    private func notices() async throws -> [Notice] { try await store.read { try $0.notices(limit: 9) } }

    @Test("what waits is told once by each channel: by mail in both languages, and by a webhook")
    func told() async throws {
        let (mail, robot) = (try LoopbackServer(.mail), try LoopbackServer(.hook))
        defer {
            mail.stop()
            robot.stop()
        }
        let channels = [
            NoticeChannel(
                name: "mail", smtp: "smtp://127.0.0.1:\(mail.port)", from: "signet@example.org",
                to: ["a@example.org", "b@example.org"]),
            hook(robot),
        ]
        for _ in 0..<3 { try await sender(channels).runOnce() }
        #expect(mail.messages.count == 1 && robot.messages.count == 1)
        let message = try #require(mail.messages.first)
        for part in [
            "<signet@example.org>", "<a@example.org>", "<b@example.org>", "To: a@example.org, b@example.org\r\n",
        ] {
            #expect(message.contains(part), "\(part)")
        }
        let body = try #require(message.split(separator: "\r\n\r\n").last)
        let text = String(decoding: try #require(Data(base64Encoded: body.filter { !$0.isNewline })), as: UTF8.self)
        #expect(text == "\(Self.item.words.zh)\n\(Self.item.words.en)\nhttps://portal.example.org\n")
        #expect(robot.messages.first?.contains(#""msgtype":"text""#) == true)
        #expect(robot.messages.first?.contains("2176 份证书") == true)
        #expect(try await notices().map(\.state) == [.sent, .sent])
    }

    @Test("what is refused is tried again in its time, later and later, and given up after a day")
    func retried() async throws {
        let robot = try LoopbackServer(.hook)
        defer { robot.stop() }
        robot.answer("500", "refused")
        let sender = try sender([hook(robot)])
        try await sender.runOnce()
        let failed = try await notices()
        #expect(failed.map(\.tries) == [1] && failed[0].problem.contains("500"))
        clock.go(59)
        try await sender.runOnce()
        #expect(robot.messages.count == 1)
        clock.go(1)
        try await sender.runOnce()
        let refused = try await notices()
        #expect(refused.map(\.tries) == [2] && refused[0].problem == "the webhook refused it")
        clock.go(120)
        try await sender.runOnce()
        let states = try await notices().map(\.state)
        #expect(states == [.sent] && robot.messages.count == 3)

        // Nobody there for a day.
        let gone = try LoopbackServer(.hook)
        gone.stop()
        let lost = try self.sender([hook(gone, name: "gone")])
        for _ in 0..<40 {
            try await lost.runOnce()
            clock.go(3600)
        }
        let last = try #require(try await notices().first { $0.channel == "gone" })
        #expect(last.state == .givenUp && last.tries > 20 && last.tries < 40)
    }

    @Test("one sender works at a time; a channel that is gone is told of as such")
    func alone() async throws {
        let robot = try LoopbackServer(.hook)
        defer { robot.stop() }
        _ = try await store.write { try $0.takeLease("notices", by: "another", seconds: 60) }
        try await sender([hook(robot)]).runOnce()
        #expect(robot.messages.isEmpty)
        clock.go(60)
        try await sender([hook(robot, .json)]).runOnce()
        #expect(robot.messages.count == 1 && robot.messages[0].hasPrefix(#"{"text":"#))
        try await sender([]).runOnce()
        #expect(try await notices().count == 1)
    }

    @Test(
        "a channel that is set wrongly stops the start, and is named",
        arguments: [
            NoticeChannel(name: "x"), NoticeChannel(name: "x", webhook: "http://example.org/"),
            NoticeChannel(name: "x", webhook: "file:///etc/passwd"), NoticeChannel(name: "x", webhook: "https://a b"),
            NoticeChannel(name: "x", smtp: "smtps://mail.example.org", from: "a@example.org"),
            NoticeChannel(
                name: "x", smtp: "smtps://mail.example.org", from: "a@example.org>\r\nBcc: b", to: ["b@example.org"]),
            NoticeChannel(
                name: "x", smtp: "smtps://mail.example.org", from: "a@example.org", to: ["b@example.org"], user: "u"),
            NoticeChannel(
                name: "x", smtp: "smtps://mail.example.org", from: "a@example.org", to: ["b@example.org"],
                webhook: "https://example.org"),
        ])
    func settings(channel: NoticeChannel) throws {
        #expect { try HomeConfig(authority: "x", host: "example.org", notices: [channel]) } throws: {
            ($0 as? any Explained)?.category == .configuration && "\($0)".contains("notices")
        }
        let good = NoticeChannel(name: "x", webhook: "https://example.org/robot", form: .dingtalk)
        let config = try HomeConfig(authority: "x", host: "example.org", notices: [good])
        #expect(config.notices == [good])
    }
}
