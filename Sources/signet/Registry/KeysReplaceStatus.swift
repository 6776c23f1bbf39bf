import ArgumentParser
import Credential
import Keyring
import Store
import StoreSQLite

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
        let replacement = try await KeyReplacement(.status, options)
        let (home, store) = (replacement.home, replacement.store)
        let times = try await store.read { try $0.statusLists().compactMap(\.publishedAt) }
        // A list may bear a time a little ahead of the clock, and was still signed in the key's time.
        try await replacement.run(lastSigned: max(Clock.now(), times.max() ?? 0)) {
            let desk = try StatusDesk(home, store: store, passphrase: replacement.passphrase)
            for list in try await desk.publish(all: true) { print(StatusDesk.line(list)) }
        }
    }
}
