import Acts
import ArgumentParser
import Credential
import HomeFolder
import Keyring
import Signing
import Store
import Trust

/// What the commands that replace a service's key have in common.
struct ReplacementOptions: ParsableArguments {
    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Flag(help: "The old key may be in other hands: nothing by it is believed any more.") var compromised = false
    @Option(help: "ES256 (default), EdDSA or SM2.") var algorithm: AlgorithmName = .es256
    @Option(help: "Days after which verifiers take the trust list for stale.") var days = PublishTrustList.usualDays
    @Option(help: "Who decides; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason: String

    func validate() throws {
        guard (1...3650).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 3650 之间", en: "--days must be between 1 and 3650")
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError(zh: "--reason 是空的；请说明原因", en: "--reason is empty; say why")
        }
    }

    func replace(
        _ service: ServiceKey, lastSigned last: Int, in office: Office, passphrase: Passphrase,
        signAfresh: () async throws -> Void = {}
    ) async throws {
        let replace = try ReplaceServiceKey(service, in: office, isCompromised: compromised, days: days, reason: reason)
        try await replace(
            lastSigned: last, algorithm: algorithm.algorithm, by: Login.actor(actor), passphrase: passphrase,
            onReplaced: { done in
                print(
                    "Published trust list \(done.trustList): \(service.purpose) are signed with \(done.new); "
                        + "\(done.old) is \(done.oldState?.rawValue ?? "gone").")
            }, signAfresh: signAfresh)
    }
}
