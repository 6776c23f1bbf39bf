import ArgumentParser
import Audit
import AuditLog
import Credential
import Errors
import Installation
import Issuance
import Keyring
import Seal
import Signing
import Store
import StoreSQLite
import Trust

/// What the commands that change a key's time have in common: each publishes a trust list that says so.
struct EpochOptions: ParsableArguments {
    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "The key, by its kid (signet keys list).") var kid: String
    @Option(help: "Days after which verifiers take the list for stale.") var days = TrustPublisher.usualDays
    @Option(help: "Who decides; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason: String

    func validate() throws {
        guard KeyID(hex: kid) != nil else { throw ValidationError("\(kid) is not a kid of 16 hexadecimal digits") }
        guard (1...3650).contains(days) else { throw ValidationError("--days must be between 1 and 3650") }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ValidationError("--reason is empty; say why") }
    }

    /// The published entry as it is now; nil for a key that is not published yet.
    func published(in home: Home) throws -> VerifiedTrustList.KeyRecord? {
        guard let id = KeyID(hex: kid), try home.keyring.entries().contains(where: { $0.publicKey.kid == id }) else {
            throw Refusal(.missing, "there is no key \(kid); see: signet keys list")
        }
        return try home.trustList()?.key(id)
    }

    func publish(
        _ kind: AuditAct.Kind, in home: Home, store: any AdministrationStore, recorded: RecordedSeals? = nil,
        _ apply: @escaping (inout TrustList.Key) -> Void
    ) async throws {
        // Checked when the arguments were.
        let id = KeyID(hex: kid)!
        let publisher = TrustPublisher(
            home: home, store: store, days: days, actor: actor ?? Login.name, reason: reason)
        let list = try await publisher.publish(
            .init(kind: kind, kid: id, recorded: recorded, apply: apply), passphrase: passphrase.passphrase())
        print("Published trust list \(list.sequence).")
    }
}

struct KeysSchedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Publish when a new key comes into force.",
        discussion: """
            Until then the key before it signs. Without --from the key comes into force now.

            Example:
              signet keys schedule 8f1d3c5e7a9b0c2d --from 2027-01-01 --reason "Yearly change"
            """)

    @OptionGroup var options: EpochOptions
    @Option(help: "First instant: a day, a time in UTC such as 2027-01-01T08:00:00Z, or seconds since 1970.")
    var from: Instant?

    func run() async throws {
        let home = try options.home.open()
        let store = try await home.openStoreToAct()
        let now = Clock.now()
        if let record = try options.published(in: home), record.from <= now || record.state != .active {
            throw Refusal(
                .refused, "key \(options.kid) is in force already, or was; a time that has begun is not changed")
        }
        let start = from?.seconds ?? now
        guard start >= now else {
            throw Refusal(.usage, "--from lies in the past; a key cannot begin before now")
        }
        try await options.publish(.keyScheduled, in: home, store: store.forAdministration) { $0.from = start }
        print("Key \(options.kid) signs from \(UTCTime.text(start)).")
    }
}

struct KeysRetire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "End a key's time; what it signed in it stays valid.",
        discussion: "Example:\n  signet keys retire 8f1d3c5e7a9b0c2d --reason \"Yearly change\"")

    @OptionGroup var options: EpochOptions
    @Option(help: "First instant at which it no longer signs; now by default.") var at: Instant?

    func run() async throws {
        let home = try options.home.open()
        let store = try await home.openStoreToAct()
        let now = Clock.now()
        guard let record = try options.published(in: home), record.state == .active else {
            throw Refusal(.refused, "key \(options.kid) is not published as active; nothing to retire")
        }
        // What was signed in this very second was signed in the key's time.
        let end = at?.seconds ?? now + 1
        guard end > now, end > record.from else {
            throw Refusal(.usage, "--at lies in the past: what the key signed since would no longer be valid")
        }
        try await options.publish(.keyRetired, in: home, store: store.forAdministration) {
            $0.to = end
            // Until then it goes on signing.
            $0.state = end > now + 1 ? .active : .retired
        }
        print("Key \(options.kid) signs nothing after \(UTCTime.text(end)); what it signed before stays valid.")
    }
}

struct KeysCompromise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compromise", abstract: "Publish that a key is in other hands since some time.",
        discussion: """
            What it signed before and was recorded here stays valid: the trust list names a file of these seals. \
            Everything else by this key is not valid, whatever time it claims. Reissue the rest: signet reissue run. \
            The record of acts is verified after publishing; exit code 76 when it does not hold.

            Example:
              signet keys compromise 8f1d3c5e7a9b0c2d --since 2026-07-12T09:00:00Z --reason "Laptop stolen"
            """)

    @OptionGroup var options: EpochOptions
    @Option(help: "Since when it may be in other hands.") var since: Instant

    func run() async throws {
        let home = try options.home.open()
        let store = try await home.openStoreToAct()
        guard let record = try options.published(in: home) else {
            throw Refusal(.refused, "key \(options.kid) was never published; delete its file")
        }
        let start = min(since.seconds, record.compromisedSince ?? .max)
        guard start <= Clock.now() else { throw Refusal(.usage, "--since lies in the future") }
        let (recorded, others) = try await Self.recorded(by: record.key, before: start, in: store)
        let reference = try recorded.reference
        try await options.publish(.keyCompromised, in: home, store: store.forAdministration, recorded: recorded) {
            $0.state = .compromised
            $0.compromisedSince = start
            $0.recorded = reference
        }
        print(
            """
            Key \(options.kid) is published as compromised since \(UTCTime.text(start)).
              stand        \(recorded.count.grouped) seals recorded before, in trust/recorded/\(options.kid)
              not valid    \(others.grouped) recorded since, and whatever else the key signs
            """)
        if others > 0 {
            print(
                """
                Next: signet keys create \(record.institution), signet trust publish, and then
                  signet reissue run --name "Key \(options.kid)" --key \(options.kid) --cause key-compromise
                """)
        }
        print("Next: signet status publish, so that who has a new status list refuses an old trust list")
        try await verifyRecord(home, store)
    }

    /// Afterwards, as whoever has the key is stopped first: a record that is long or broken does not hold that up. But
    /// it proves what stands only if nobody added to it.
    private func verifyRecord(_ home: Home, _ store: SQLiteStore) async throws {
        do {
            _ = try await home.trail(of: store).verify()
        } catch let problem as AuditProblem {
            throw Refusal(
                .damaged,
                "the key is published as compromised, but the record does not hold: \(problem). Among the seals that stand "
                    + "may be some that were put into the database. Put a whole database in place (signet restore home), and "
                    + "run this command again")
        }
    }

    /// Seals whose time lies before, and how many do not.
    private static func recorded(
        by key: PublicKey, before start: Int, in store: SQLiteStore
    ) async throws -> (seals: RecordedSeals, others: Int) {
        var (entries, others, place): ([[UInt8]], Int, VersionKey?) = ([], 0, nil)
        while true {
            let after = place
            let page = try await store.read { try $0.sealedVersions(of: nil, after: after, limit: 2000) }
            guard let last = page.last else { return (RecordedSeals(entries: entries), others) }
            for version in page where version.keyID == key.kid.bytes {
                guard try CertificateClaims(decoding: version.payload[...]).issuedAt < start else {
                    others += 1
                    continue
                }
                let seal = PreparedSeal(storedPayload: version.payload, key: key)
                entries.append(try RecordedSeals.entry(of: seal.bytesToSign))
            }
            place = last.key
        }
    }
}

/// An instant as it is typed.
struct Instant: ExpressibleByArgument {
    /// Since 1970.
    let seconds: Int

    init?(argument: String) {
        if let seconds = Int(argument), seconds >= 0 {
            self.seconds = seconds
            return
        }
        guard let seconds = UTCTime.seconds(rfc3339: argument) else { return nil }
        self.seconds = seconds
    }
}
