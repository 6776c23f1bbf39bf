import Acts
import ArgumentParser
import Credential
import Keyring

struct KeysReplaceReceipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace-receipt", abstract: "Put a new key for receipts in the place of the present one.",
        discussion: """
            The trust list names both: receipts given before stay right as of their time, unless the old key is \
            compromised, when none by it is; check those files again. A server started with --receipts gives none until \
            it is started again. Stopped at any moment, the same command goes on.

            Examples:
              signet keys replace-receipt --reason "Yearly change"
              signet keys replace-receipt --compromised --reason "Machine stolen"
            """)

    @OptionGroup var options: ReplacementOptions

    func run() async throws {
        let office = try await options.home.open().openOffice()
        try await options.replace(
            .receipt, lastSigned: Clock.now(), in: office, passphrase: options.passphrase.passphrase())
    }
}
