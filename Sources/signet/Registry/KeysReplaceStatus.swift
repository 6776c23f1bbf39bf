import Acts
import ArgumentParser
import Credential
import Keyring
import Store

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

    @OptionGroup var options: ReplacementOptions

    func run() async throws {
        let office = try await options.home.open().openOffice()
        let secret = try options.passphrase.passphrase()
        let times = try await office.store.read { try $0.statusLists().compactMap(\.publishedAt) }
        // A list may bear a time a little ahead of the clock, and was still signed in the key's time.
        try await options.replace(
            .status, lastSigned: max(Clock.now(), times.max() ?? 0), in: office, passphrase: secret
        ) {
            let publish = try PublishStatusLists(in: office, passphrase: secret)
            for list in try await publish(all: true, by: Login.actor(options.actor)) { print(StatusText.line(list)) }
        }
    }
}
