import Acts
import ArgumentParser
import Audit
import Credential
import Documents
import Errors
import Files
import Glibc
import HTTPSupport
import HomeFolder
import Installation
import Issuance
import Rendering
import Signing
import Store

struct DocumentsMake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Draw and sign the PDFs of whole batches.",
        discussion: """
            Into a folder, or one ZIP, with a manifest (SHA-256 of each). Stopped at any moment, the same command \
            goes on where it was.

            Examples:
              signet documents make --batch 3 --out certificates
              signet documents make --all --out certificates.zip --print-language bilingual --photos photos
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var batches: BatchOptions
    @OptionGroup var look: LookOptions
    @Option(help: ArgumentHelp("Folder, or a file ending in .zip.", valueName: "path")) var out: String
    @OptionGroup var photos: PhotoOptions
    @Option(help: "Who prints; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = "first print"

    func run() async throws {
        let office = try await home.open().openOffice()
        let wanted = try await batches.chosen(in: office.store)
        let secret = try passphrase.passphrase()
        let isZip = out.lowercased().hasSuffix(".zip")
        if isZip, access(out, F_OK) == 0 {
            throw Refusal(.conflict, zh: "\(out) 已经存在；没有任何更改", en: "\(out) is there already; nothing was changed")
        }
        let folder = try DocumentFolder(isZip ? out + ".parts" : out)
        defer { folder.close() }
        let total = try await office.store.read { store in
            try wanted.reduce(0) { try $0 + store.progress(of: $1.id).sealed }
        }
        var bar = ProgressBar("Drawing")
        let make = MakeDocuments(in: office, look: look.choice, photos: try photos.desk(office), reason: reason)
        let outcome: MakeDocuments.Outcome
        do {
            defer { bar.clear() }
            outcome = try await make(wanted, into: folder, by: Login.actor(actor), passphrase: secret) {
                bar.update($0.done, of: total)
            }
        }
        report(outcome)
        if isZip { try pack(folder) }
        print(isZip ? "All in \(out)" : "All in \(out), listed in \(out)/\(DocumentManifest.fileName)")
        if !outcome.refusals.isEmpty { throw ExitCode(1) }
    }

    private func report(_ outcome: MakeDocuments.Outcome) {
        let (withoutPhoto, refusals) = (outcome.withoutPhoto, outcome.refusals)
        print(
            "Made \(outcome.made.grouped) documents"
                + (outcome.passedOver > 0 ? "; \(outcome.passedOver.grouped) were there already" : ""))
        for (number, problem) in withoutPhoto.prefix(20) { print("  \(number): \(problem)") }
        if withoutPhoto.count > 20 { print("  and \((withoutPhoto.count - 20).grouped) more") }
        if !withoutPhoto.isEmpty { print("\(withoutPhoto.count.grouped) were printed without their photos") }
        for refusal in refusals.prefix(20) { print("  \(refusal.number): \(refusal.problem)") }
        if refusals.count > 20 { print("  and \((refusals.count - 20).grouped) more") }
        if !refusals.isEmpty {
            print("\(refusals.count.grouped) certificates have no document; mend that and run again")
        }
    }

    private func pack(_ folder: DocumentFolder) throws {
        let file = try OutputFile(out, mode: 0o600)
        try folder.pack(time: Clock.now()) { try file.write($0) }
        try file.commit()
        for entry in try folder.entries() { unlink("\(folder.path)/\(entry.fileName)") }
        unlink("\(folder.path)/\(DocumentManifest.fileName)")
        rmdir(folder.path)
    }
}
