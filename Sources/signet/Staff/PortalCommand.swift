import Acts
import ArgumentParser
import Credential
import Errors
import HTTPSupport
import HomeFolder
import Hummingbird
import Installation
import Jobs
import Logging
import Notices
import Portal
import ServiceLifecycle
import Store
import WebAuthn

struct PortalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portal", abstract: "Serve the staff's pages.",
        discussion: """
            Listens on this machine alone; a proxy with TLS stands in front of it (docs/portal.md). Where people open it is
            `portal` in config.json, such as https://portal.example.org; without that it is http://localhost and its port.

            Example:
              signet accounts create "王海燕" --role administrator
              signet portal
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: "Address to listen on; keep to loopback unless a TLS proxy stands in front.")
    var address = "127.0.0.1"
    @Option(help: "Port to listen on; 0 lets the system choose, for a portal with an origin of its own.")
    var port = PortalAddress.port
    @Option(
        help: ArgumentHelp(
            "Proxy whose X-Forwarded-For names the client; may be given again for another.", valueName: "address"))
    var trustedProxy: [String] = []
    @Flag(
        help: "Sign in this process as well, for one school's own machine: whoever takes over the portal has the keys.")
    var withSigner = false
    @OptionGroup var passphrase: PassphraseOptions

    func run() async throws {
        LoggingSystem.bootstrap { SafeLog(label: $0) }
        var logger = Logger(label: "signet")
        logger.logLevel = .notice
        let office = try await home.open().openOffice()
        let party = try PortalAddress.party(office.home, port: port)
        let proxies = try trustedProxy.map { text in
            guard let proxy = IPAddress(text) else {
                throw Refusal(
                    .usage, zh: "--trusted-proxy \(text) 不是网络地址，应写成 127.0.0.1 这样",
                    en: "--trusted-proxy \(text) is not a network address such as 127.0.0.1 or ::1")
            }
            return proxy
        }
        let signer =
            withSigner
            ? try await SignerParts(in: office, passphrase: passphrase.passphraseIfAny(), logger: logger) : nil
        let responder = try PortalServer.responder(
            office: office, party: party, trustedProxies: Set(proxies),
            signing: { await SigningState(within: signer, at: office.home) }, logger: logger, now: Clock.now)
        let application = PortalServer.application(
            responder, address: address, port: port, trustedProxies: Set(proxies), logger: logger
        ) { [address] port in
            Terminal.standardOutput.write("listening on http://\(address):\(port), for \(party.origin)\n")
        }
        let runner = try JobRunner(
            "portal", store: office.store.forJobs, works: PapersWork.all(in: office) + [AnnotateWork(in: office)],
            keys: office.home.dataKeys(),
            logger: logger, now: Clock.now)
        let notices = try NoticeSender(
            office.home.config, store: office.store.forJobs,
            source: {
                try await WaitingNotices(office.store).all(at: Clock.now()).map {
                    NoticeSender.Item(key: $0.key, words: $0.words)
                }
            }, logger: logger, now: Clock.now)
        let cleaner = SheetCleaner(store: office.store, logger: logger)
        let others: [any Service] = [runner, notices, cleaner] + (signer?.services ?? [])
        try await ServiceRun.untilTold(application, beside: others, on: address, port: port, logger: logger)
    }
}
