import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import FoundationEssentials
import Glibc
import HomeFolder
import Installation
import Issuance
import Signing
import Store

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy a home while it is in use: database, lists, public keys, checkpoints.",
        discussion: """
            Private keys and data.keys are not in it: copy these once, offline, each apart from the database. The \
            backup's manifest has the digest of each file and where the audit trail ended.

            Example:
              signet backup --out backups/2026-07-10
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: ArgumentHelp("Folder to make; must not exist.", valueName: "folder")) var out: String

    func run() async throws {
        let office = try await home.open().openOffice()
        let last = try await office.home.backUp(to: out, in: office, by: Login.actor())
        print(
            """
            Backed up to \(out), up to act \(last).
            Not in it: private keys and data.keys; keep their own copies apart.
            Keep \(out)/audit/checkpoint, or a later one, elsewhere, too: a restore asks for the last.
            """)
    }
}
