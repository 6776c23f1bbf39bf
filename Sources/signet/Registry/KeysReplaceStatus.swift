import ArgumentParser
import AuditLog
import FoundationEssentials
import Signing
import Store
import StoreSQLite
import Trust

struct KeysReplaceStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace-status", abstract: "Put a new key for status lists in the place of the present one.",
        discussion: """
            The trust list names both: lists signed before are believed until their days are over, unless the old key \
            is compromised, when nothing by it is. All lists are published afresh with the new key, at once. Stopped \
            at any moment, the same command goes on.

            Examples:
              signet keys replace-status --reason "Yearly change"
              signet keys replace-status --compromised --reason "Machine stolen"
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Flag(help: "The old key may be in other hands: no list by it is believed any more.") var compromised = false
    @Option(help: "ES256 (default), EdDSA or SM2.") var algorithm: AlgorithmName = .es256
    @Option(help: "Days after which verifiers take the trust list for stale.") var days = 90
    @Option(help: "Who decides; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason: String

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be between 1 and 3650") }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ValidationError("--reason is empty; say why") }
    }

    func run() async throws {
        let home = try home.open()
        let store = try await home.openStoreToAct()
        guard let old = try StatusKey.publicKey(of: home) else {
            throw CommandFailure(.configuration, "there is no status key yet; make one: signet keys create --status")
        }
        let secret = try passphrase.passphrase()
        let new = try await next(home, store, secret)
        let list = try await publish(home, store, old: old, secret)
        // Whoever signs from here on is known to verifiers.
        try StatusKey.promoteNext(of: home)
        print(
            "Published trust list \(list.sequence): status lists are signed with \(new.kid); "
                + "\(old.kid) is \(compromised ? "compromised" : "retired").")
        for list in try await StatusDesk(home, store: store, passphrase: secret).publish(all: true) {
            print(StatusDesk.line(list))
        }
    }

    private func next(_ home: Home, _ store: SQLiteStore, _ secret: String) async throws -> PublicKey {
        if let begun = try StatusKey.nextPublicKey(of: home) { return begun }
        let key = try StatusKey.createNext(of: home, passphrase: secret, algorithm.algorithm)
        let act = AuditAct(
            .keyCreated, actor: actor ?? Login.name, subject: "key \(key.kid) for status lists",
            digest: try SHA256.digest(key.spki), time: Clock.now())
        _ = try await store.write { try $0.append(act) }
        return key
    }

    private func publish(_ home: Home, _ store: SQLiteStore, old: PublicKey, _ secret: String) async throws -> TrustList
    {
        let times = try await store.read { try $0.statusLists().compactMap(\.publishedAt) }
        // A list may bear a time a little ahead of the clock, and was still signed in the key's time.
        let end = max(Clock.now(), times.max() ?? 0) + 1
        let isCompromised = compromised
        return try await TrustPublisher(
            home: home, store: store, days: days, actor: actor ?? Login.name, reason: reason
        ).publish(
            .init(kind: isCompromised ? .keyCompromised : .keyRetired, kid: old.kid) { entry in
                entry.to = entry.to ?? end
                if isCompromised {
                    // Lists are made anew at will, so there is no need to believe an old one.
                    (entry.state, entry.compromisedSince) = (.compromised, 0)
                } else if entry.state == .active {
                    entry.state = .retired
                }
            }, passphrase: secret)
    }
}
