import Acts
import ArgumentParser
import Audit
import Credential
import Documents
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Issuance
import Signing
import Store

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
            throw Refusal(.conflict, zh: "\(out) 已经存在；没有打印任何内容", en: "\(out) is there already; nothing was printed")
        }
        let office = try await home.openOffice()
        let number = try CertificateNumber(argument: number)
        let reprint = ReprintDocument(number, look: look.choice, photos: try photos.desk(office), reason: reason)
        let document = try await reprint(
            in: office, by: Login.actor(actor), passphrase: passphrase.passphrase())
        try DurableFile.create(document.bytes, at: out, mode: 0o600)
        if let problem = document.photoProblem { print("  \(number): \(problem)") }
        print("\(out): print \(document.serial) of certificate \(number), version \(document.key.version)")
    }
}
