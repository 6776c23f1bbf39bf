import Acts
import ArgumentParser
import Credential
import Errors
import HomeFolder
import Signing
import Trust

/// What the commands that change a key's time have in common: each publishes a trust list that says so.
struct EpochOptions: ParsableArguments {
    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "The key, by its kid (signet keys list).") var kid: String
    @Option(help: "Days after which verifiers take the list for stale.") var days = PublishTrustList.usualDays
    @Option(help: "Who decides; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason: String
    @Flag(help: "Show what would be published, and its digest; publish nothing.") var dryRun = false
    @Option(help: "Publish only what has this digest.") var approve: String?

    func validate() throws {
        guard KeyID(hex: kid) != nil else {
            throw ValidationError(
                zh: "\(kid) 不是由 16 位十六进制数字组成的 kid", en: "\(kid) is not a kid of 16 hexadecimal digits")
        }
        guard (1...3650).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 3650 之间", en: "--days must be between 1 and 3650")
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError(zh: "--reason 是空的；请说明原因", en: "--reason is empty; say why")
        }
    }

    // Checked when the arguments were.
    var key: KeyID { KeyID(hex: kid)! }

    /// False for a dry run, which shows the change.
    func publish(_ change: KeyChange, in office: Office) async throws -> Bool {
        if dryRun {
            for line in ProposalText.lines(try change.proposal) { print(line) }
            return false
        }
        try change.proposal.require(ProposalText.digest(approve))
        let list = try await PublishTrustList(in: office, days: days, reason: reason)(
            change, by: Login.actor(actor), passphrase: passphrase.passphrase())
        print("Published trust list \(list.sequence).")
        return true
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
        let office = try await options.home.open().openOffice()
        let change = try KeyChange.schedule(options.key, from: from?.seconds, in: office, at: Clock.now())
        guard try await options.publish(change, in: office) else { return }
        print("Key \(options.kid) signs from \(UTCTime.text(change.moment)).")
    }
}

struct KeysRetire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "End a key's time; what it signed in it stays valid.",
        discussion: "Example:\n  signet keys retire 8f1d3c5e7a9b0c2d --reason \"Yearly change\"")

    @OptionGroup var options: EpochOptions
    @Option(help: "First instant at which it no longer signs; now by default.") var at: Instant?

    func run() async throws {
        let office = try await options.home.open().openOffice()
        let change = try KeyChange.retire(options.key, at: at?.seconds, in: office, at: Clock.now())
        guard try await options.publish(change, in: office) else { return }
        print(
            "Key \(options.kid) signs nothing after \(UTCTime.text(change.moment)); what it signed before stays valid.")
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
        let office = try await options.home.open().openOffice()
        let act = try await CompromiseKey(options.key, since: since.seconds, in: office, at: Clock.now())
        guard try await options.publish(act.change, in: office) else { return }
        print(
            """
            Key \(options.kid) is published as compromised since \(UTCTime.text(act.change.moment)).
              stand        \(act.standing.grouped) seals recorded before, in trust/recorded/\(options.kid)
              not valid    \(act.others.grouped) recorded since, and whatever else the key signs
            """)
        if act.others > 0 {
            print(
                """
                Next: signet keys create \(act.institution), signet trust publish, and then
                  signet reissue run --name "Key \(options.kid)" --key \(options.kid) --cause key-compromise
                """)
        }
        print("Next: signet status publish, so that who has a new status list refuses an old trust list")
        try await CompromiseKey.verifyRecord(in: office)
    }
}
