import ArgumentParser
import Audit
import Credential
import Documents
import Errors
import Files
import Glibc
import Installation
import Issuance
import Signing
import Store
import StoreSQLite

struct DocumentsReprint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprint",
        abstract: "Print a lost or damaged certificate again (补证).",
        discussion: """
            Number and version stay; the print serial goes up and is on the page; both prints are on record.

            Example:
              signet documents reprint Y000037000001263000042 --reason "lost" --out replacement.pdf
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var look: LookOptions
    @Argument(help: "Certificate number.") var number: String
    @Option(help: "Why it is printed again, for the record.") var reason: String
    @Option(help: ArgumentHelp("The PDF to write.", valueName: "file")) var out: String
    @OptionGroup var photos: PhotoOptions
    @Option(help: "Who prints; the login name by default.") var actor: String?

    func run() async throws {
        let home = try home.open()
        // Said before the print is on record, which would be of a file that nobody has.
        guard access(out, F_OK) != 0 else {
            throw Refusal(.conflict, "\(out) is there already; nothing was printed")
        }
        let store = try await home.openStoreToAct()
        let number = try CertificateNumber(argument: number)
        guard let version = try await store.read({ try $0.sealedVersions(number: number) }).first else {
            throw Refusal(.missing, "no certificate has the number \(number)")
        }
        guard let batch = try await store.read({ try $0.batch(version.batch) }) else {
            throw Refusal(.damaged, "the batch of certificate \(number) is missing")
        }
        // A corrected certificate's first print replaces nothing.
        let printed = try await store.read { try $0.prints(of: version.key.certificate) }
            .filter { $0.key == version.key }
        let settings = try DocumentDesk(home: home).settings(
            of: batch.institution, look, passphrase: passphrase.passphrase())
        let look = try await ApprovedLook(
            of: batch, row: version.sheetRow, settings, photos: photos.desk(home, store),
            in: store.forHolders)
        // A first version that never was on record had its first print elsewhere.
        let before = printed.map(\.serial).max() ?? (version.key.version == 1 ? 1 : 0)
        let document = try DocumentMaker(settings).make(
            version, serial: before + 1, look: look, now: Clock.now())
        let approval = Approval(actor: actor ?? Login.name, reason: reason, time: Clock.now())
        try await home.authority(of: store).carryOut(.print, by: Login.actor(actor)) {
            try await PrintJournal(store: store.forHolders).record([document], of: batch.id, approval)
            return ((), approval.time)
        }
        try DurableFile.create(document.bytes, at: out, mode: 0o600)
        if let problem = document.photoProblem { print("  \(number): \(problem)") }
        print("\(out): print \(document.serial) of certificate \(number), version \(document.key.version)")
    }
}
