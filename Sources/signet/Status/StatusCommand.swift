import Acts
import ArgumentParser
import Audit
import Credential
import Encodings
import Errors
import HomeFolder
import Installation
import Issuance
import StatusList
import Store

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Publish status lists, and show what the store knows of them.",
        subcommands: [StatusPublish.self, StatusShow.self])
}

struct StatusPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign and publish the status lists afresh.",
        discussion: """
            Run it at least daily: a list that is past its days makes verifiers answer "could not check". It needs \
            the status key and no other. A running server picks new lists up by itself.

            Example:
              signet status publish --passphrase-file /etc/signet/status.passphrase
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Option(help: "Days after which verifiers take the lists for stale.") var days = PublishStatusLists.usualDays
    @Flag(help: "Only lists that changed since they were published.") var changed = false

    func validate() throws {
        guard (1...90).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 90 之间", en: "--days must be between 1 and 90")
        }
    }

    func run() async throws {
        let publish = try PublishStatusLists(in: await home.open().openOffice(), passphrase: passphrase.passphrase())
        let published = try await publish(all: !changed, days: days, by: Login.actor())
        for list in published { print(StatusText.line(list)) }
        if published.isEmpty { print(spoken(zh: "没有状态列表改变。", en: "No status list has changed.")) }
    }
}

struct StatusShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the status lists, or a certificate's status and its history.",
        discussion: "Examples:\n  signet status show\n  signet status show Y000037001001263000001")

    @OptionGroup var home: HomeOptions
    @Argument(help: "A certificate number.") var number: String?
    @Flag(help: "One JSON object per line.") var json = false

    private struct ListLine: Encodable {
        let list: Int
        let size: Int
        let taken: Int
        let notValid: Int
        let issuedAt: Int?
        let isPublished: Bool
    }

    private struct VersionLine: Encodable {
        struct Act: Encodable {
            let transition: String
            let reason: String
            let note: String
            let actor: String
            let time: Int
        }
        let number: String
        let version: Int
        let status: String?
        let list: Int?
        let index: Int?
        let history: [Act]
    }

    func run() async throws {
        let store = try home.open().openStore()
        if let number {
            try await show(CertificateNumber(argument: number), in: store)
        } else {
            try await showLists(in: store)
        }
    }

    private func showLists(in store: any Store) async throws {
        let lines = try await store.read { store in
            try store.statusLists().map { list in
                var count = 0
                try store.forEachStatus(in: list.id) { _, _ in count += 1 }
                return ListLine(
                    list: list.id, size: list.size, taken: list.next, notValid: count, issuedAt: list.publishedAt,
                    isPublished: list.isPublished)
            }
        }
        for line in lines {
            if json {
                print(try JSONLine.encode(line))
                continue
            }
            let published =
                line.issuedAt.map { spoken(zh: "公布于 ", en: "published ") + UTCTime.text($0) }
                ?? spoken(zh: "从未公布", en: "never published")
            let stale = spoken(zh: "  其后有变化：signet status publish", en: "  CHANGED SINCE: signet status publish")
            let counts = spoken(
                zh: "列表 \(line.list)：\(line.size.grouped) 个位置，已用 \(line.taken.grouped) 个，\(line.notValid.grouped) 个无效，",
                en: "list \(line.list): \(line.taken.grouped) of \(line.size.grouped) places taken, "
                    + "\(line.notValid.grouped) not valid, ")
            print(counts + published + (line.isPublished ? "" : stale))
        }
        if lines.isEmpty, !json {
            print(
                spoken(zh: "还没有状态列表；第一份证书会建立一个。", en: "There is no status list yet; the first certificate begins one."))
        }
    }

    private func show(_ number: CertificateNumber, in store: any Store) async throws {
        let lines = try await store.read { store in
            let versions = try store.sealedVersions(number: number)
            let changes = try store.changes(of: versions)
            return try versions.map { version in
                let change = changes[version.key]
                let acts = try store.statusHistory(of: version.key).map {
                    VersionLine.Act(
                        transition: $0.transition.rawValue, reason: $0.reason.rawValue, note: $0.note, actor: $0.actor,
                        time: $0.time)
                }
                return VersionLine(
                    number: number.text, version: version.key.version, status: change?.from.name,
                    list: change?.place.list, index: change?.place.index, history: acts)
            }
        }
        guard !lines.isEmpty else {
            throw Refusal(
                .missing, zh: "没有编号为 \(number) 的证书；请核对", en: "no certificate has the number \(number); check it")
        }
        for line in lines {
            if json {
                print(try JSONLine.encode(line))
                continue
            }
            print("\(line.number)  version \(line.version)  \(line.status ?? "without a status list")")
            for act in line.history {
                print("  \(UTCTime.text(act.time))  \(act.transition)  \(act.reason)  by \(act.actor)  \(act.note)")
            }
        }
    }
}
