import Dispatch
import Encodings
import Errors
import HomeFolder
import Logging
import ServiceLifecycle
import Signing
import Store

/// Puts what waits for people into the outbox, and sends what is there. One sender works at a time, wherever it runs.
package struct NoticeSender: Service {
    /// Something to be told, once.
    package struct Item: Hashable, Sendable {
        package let key: String
        package let words: BilingualText

        package init(key: String, words: BilingualText) { (self.key, self.words) = (key, words) }
    }

    private static let (pauseSeconds, mostAtOnce) = (5, 20)
    private static let (firstRetrySeconds, longestRetrySeconds) = (60, 3600)
    /// After which nobody is told any more, and after which what was told is forgotten.
    private static let (givenUpSeconds, keptSeconds) = (86_400, 30 * 86_400)
    private static let leaseName = "notices"

    private let store: any JobStore
    private let config: HomeConfig
    private let source: @Sendable () async throws -> [Item]
    private let owner: String
    private let logger: Logger
    private let now: @Sendable () -> Int
    private let queue = DispatchQueue(label: "notices")

    /// - Parameters:
    ///   - source: what waits now. Nothing in it is of a person.
    ///   - now: seconds since 1970.
    package init(
        _ config: HomeConfig, store: any JobStore, source: @escaping @Sendable () async throws -> [Item],
        logger: Logger, now: @escaping @Sendable () -> Int
    ) throws {
        (self.config, self.store, self.source, self.logger, self.now) = (config, store, source, logger, now)
        owner = Hex.encode(try SecureRandom.bytes(8))
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await runOnce() } catch {
                    if !Task.isCancelled { logger.error("the outbox: \(error)") }
                }
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    /// What waits is posted, and what is due is tried once.
    package func runOnce() async throws {
        guard !config.notices.isEmpty else { return }
        let time = now()
        guard
            let lease = try await store.write({ [owner] in
                try $0.takeLease(Self.leaseName, by: owner, seconds: Lease.seconds)
            })
        else { return }
        let items = try await source()
        let channels = config.notices
        let due = try await store.write { transaction in
            try transaction.requireHeld(lease)
            for (item, channel) in items.flatMap({ item in channels.map { (item, $0) } }) {
                try transaction.post(
                    Notice(
                        key: item.key, channel: channel.name, text: "\(item.words.zh)\n\(item.words.en)", madeAt: time))
            }
            try transaction.removeNotices(madeBy: time - Self.keptSeconds)
            return try transaction.dueNotices(at: time, limit: Self.mostAtOnce)
        }
        let start = ContinuousClock.now
        for notice in due where start.duration(to: .now) < .seconds(Lease.giveUpSeconds - Lease.renewalSeconds) {
            let problem = await problem(sending: notice, at: time)
            let tried = Self.after(notice, problem: problem, at: time)
            try await store.write {
                try $0.requireHeld(lease)
                try $0.update(tried)
            }
        }
        try await store.write { try $0.release(lease) }
    }

    private static func after(_ notice: Notice, problem: String?, at time: Int) -> Notice {
        let tries = notice.tries + 1
        let pause = min(firstRetrySeconds << min(tries - 1, 10), longestRetrySeconds)
        let isOver = time + pause >= notice.madeAt + givenUpSeconds
        return Notice(
            key: notice.key, channel: notice.channel, text: notice.text, madeAt: notice.madeAt,
            state: problem == nil ? .sent : isOver ? .givenUp : .waiting, tries: tries, nextAt: time + pause,
            problem: problem ?? "")
    }

    /// Nil when it was taken.
    private func problem(sending notice: Notice, at time: Int) async -> String? {
        guard let channel = config.notices.first(where: { $0.name == notice.channel }) else {
            return "the channel is not configured any more"
        }
        let config = config
        let problem = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Self.problem(notice, by: channel, config, at: time)) }
        }
        if let problem { logger.warning("a notice by \(channel.name) was not taken: \(problem)") }
        return problem
    }

    private static func problem(
        _ notice: Notice, by channel: NoticeChannel, _ config: HomeConfig, at time: Int
    ) -> String? {
        let portal = config.portal ?? ""
        do {
            if let hook = channel.webhook {
                let form = channel.form ?? .json
                let body = try NoticeMessage.hook(notice, form: form, portal: portal)
                let answer = try NoticeTransfer.send(body, to: hook, mail: nil)
                return NoticeMessage.isTaken(answer, by: form) ? nil : "the webhook refused it"
            }
            // A channel without a webhook has all of these: it was checked when it was read.
            let (server, from, to) = (channel.smtp ?? "", channel.from ?? "", channel.to ?? [])
            let mail = NoticeTransfer.Mail(
                from: from, to: to, login: try channel.login(), needsTLS: !NoticeChannel.isLoopback(server))
            let message = NoticeMessage.mail(
                notice, from: from, to: to, authority: config.authority, portal: portal, at: time)
            _ = try NoticeTransfer.send(message, to: server, mail: mail)
            return nil
        } catch let failure as NoticeTransfer.Failure { return failure.reason } catch { return "\(error)" }
    }
}
