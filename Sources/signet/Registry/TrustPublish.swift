import Acts
import ArgumentParser
import Audit
import Credential
import HomeFolder
import Installation
import Signing
import Store
import Trust

struct TrustPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign and publish the trust list: institutions, keys, filings.",
        discussion: """
            Raises the sequence and replaces trust/trust-list.jws, which a running server picks up by itself. Publish again \
            before its days are over: past them verifiers answer "could not check".

            Example:
              signet trust publish
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Option(help: "Days after which verifiers take the list for stale.")
    var days = PublishTrustList.usualDays
    @Option(help: "Who publishes; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = ""

    func validate() throws {
        guard (1...3650).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 3650 之间", en: "--days must be between 1 and 3650")
        }
    }

    func run() async throws {
        let list = try await PublishTrustList(in: home.open().openOffice(), days: days, reason: reason)(
            by: Login.actor(actor), passphrase: passphrase.passphrase())
        let filingCount = list.institutions.reduce(0) { $0 + $1.filings.reduce(0) { $0 + $1.levels.count } }
        let keyCount = list.institutions.reduce(0) { $0 + $1.keys.count }
        print(
            spoken(
                zh: "已公布信任列表 \(list.sequence)：机构 \(list.institutions.count) 个，密钥 \(keyCount) 个，"
                    + "备案 \(filingCount) 项，\(days) 天内有效。",
                en: "Published trust list \(list.sequence): \(list.institutions.count) institutions, \(keyCount) keys, "
                    + "\(filingCount) filings, good for \(days) days."))
    }
}
