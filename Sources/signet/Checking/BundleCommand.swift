import ArgumentParser
import Credential
import Errors
import Files
import HomeFolder
import Installation
import Issuance
import Publishing
import Signing
import Trust
import Verification

struct BundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Put trust list and status lists into one file, to verify where there is no network.",
        discussion: """
            The other machine needs the bundle and the pinned root, no more.

            Examples:
              signet bundle --out fair.bundle
              signet verify hires.txt --bundle fair.bundle --root root.pub.pem
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: ArgumentHelp("File to write.", valueName: "file")) var out: String

    func run() async throws {
        let home = try home.open()
        let list = try home.requiredTrustList()
        let jws = String(decoding: try DurableFile.read(home.trustListPath), as: UTF8.self)
        let (now, published) = (Clock.now(), try await home.openStore().publications(host: home.config.host))
        var (status, tokens, goodUntil) = (StatusSource(), [String](), list.list.nextUpdate)
        for file in StatusFolder.files(home.statusPath) {
            let token = try DurableFile.read(file)
            if let problem = status.add(token, from: nil, trust: list, seen: published.statusLists) {
                throw Refusal(
                    .refused, zh: "\(file)：\(problem.text.zh)", en: "\(file): \(problem.text.en)",
                    remedy: .publishStatus)
            }
            tokens.append(String(decoding: token, as: UTF8.self))
        }
        guard list.list.mark >= max(published.trustList, status.leastTrustList) else {
            throw Refusal(
                .refused, zh: "\(home.trustListPath) 比上次公布的信任列表旧；请放入上次公布的，或重新公布",
                en:
                    "\(home.trustListPath) is an older trust list than was published last; put that there, or publish a new one",
                remedy: .publishTrust)
        }
        for uri in status.issuedAt.keys {
            if case .list(let list)? = status.entry(for: uri), let expiry = list.expiresAt {
                goodUntil = min(goodUntil, expiry)
            }
        }
        guard goodUntil > now else {
            throw Refusal(
                .configuration, zh: "已公布的内容过旧，没有用处", en: "what is published is too old to be of use",
                remedy: .publishStatus)
        }
        let bundle = VerificationBundle(trustList: String(jws.trimmingPrefix { $0.isWhitespace }), statusLists: tokens)
        try DurableFile.replace(bundle.encoded(), at: out)
        print(
            "\(out): trust list \(list.list.sequence), \(tokens.count) status lists, good until \(UTCTime.text(goodUntil))"
        )
    }
}
