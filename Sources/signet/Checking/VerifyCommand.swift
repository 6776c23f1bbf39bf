import ArgumentParser
import Bulk
import Credential
import Glibc
import Verification

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check certificates offline: QR texts, lists, tables, PDFs, photos, or a ZIP of these.",
        discussion: """
            An input is a QR text (https://…/c#digits), the digits alone, a signed PDF, a photo (JPEG, PNG, WebP), a ZIP of \
            PDFs and photos, a table (CSV or XLSX) with a column "qr", or "number" and "name", a list with a QR text on \
            each line, or - for standard input. Needs the trust list, the status lists and the \
            pinned root, and nothing else; only rows with a number alone need the register of a home. A certificate whose \
            status list is missing or too old could not be checked.

            Prints for people on a terminal (one certificate with all its checks, many as a table) and one JSON object for \
            each certificate elsewhere; --json and --text choose. --out writes the rows of one file with what was found, --receipt a signed receipt of that.

            Exit code: 0 all valid, 1 one or more not valid, 2 one or more could not be checked.

            Examples:
              signet verify certificate.pdf
              signet verify 'https://verify.example.org/c#0123…'
              signet verify hires.xlsx --out hires.checked.xlsx --receipt hires.receipt.jwt
              signet verify hires.txt --trust trust-list.jws --status 1.jwt --root root.pub.pem --json
              signet verify photos.zip --bundle fair.bundle --root root.pub.pem --max-age 2d
            """)

    @OptionGroup var source: TrustOptions
    @OptionGroup var status: StatusOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "QR texts, files, or -.") var inputs: [String]
    @Flag(help: "One JSON object per certificate.") var json = false
    @Flag(help: "For people.") var text = false
    @Option(help: ArgumentHelp("Write the rows with what was found, as .csv or .xlsx.", valueName: "file"))
    var out: String?
    @Option(help: ArgumentHelp("Write a receipt signed with the home's key; with --out.", valueName: "file"))
    var receipt: String?

    func validate() throws {
        guard !(json && text) else {
            throw ValidationError(zh: "--json 与 --text 只能给一个", en: "give either --json or --text")
        }
        guard out == nil || inputs.count == 1 else {
            throw ValidationError(zh: "--out 只用于一个输入", en: "--out is for one input")
        }
        guard receipt == nil || out != nil else {
            throw ValidationError(
                zh: "--receipt 需要 --out：回执是为其结果出具的", en: "--receipt needs --out, for which it vouches")
        }
    }

    func run() async throws {
        let isJSON = json || !text && out == nil && !Terminal.standardOutput.isTerminal
        let output = VerdictOutput(isJSON: isJSON, isOne: inputs.count == 1)
        let evidence = try Evidence(source, status)
        let now = Clock.now()
        let desk = try receipt.map {
            try ReceiptDesk($0, home: source.home.open(), passphrase: passphrase.passphrase())
        }
        var counts = VerdictCounts()
        for input in inputs {
            switch try CheckInput(input, wholeFile: out != nil) {
            case .qrText(let text):
                let verifier = SealVerifier(
                    trust: evidence.trust, status: evidence.status, now: now, isTrustCurrent: false)
                let verdict = try verifier.verify(qrText: text)
                counts.count(verdict.outcome)
                output.show(verdict)
            case .document(let path):
                counts.add(try DocumentCheck(evidence: evidence, now: now, output: output).verify(path))
            case .list(let path, let head, let layout):
                let engine = BulkVerification(
                    trust: evidence.trust, status: evidence.status, now: now, isTrustCurrent: false,
                    lookup: try .ofHome(source, status), workers: ForeignFiles.pool)
                let list = SealList(engine: engine, wording: output.wording)
                counts.add(
                    try await list.verify(
                        path, head: head, layout: layout, onTotals: VerdictText.tellTotals, write: { output.write($0) })
                )
            case .bulk(let file, let spooled):
                let check = BulkCheck(
                    evidence: evidence, now: now, shown: out == nil || isJSON ? output : nil,
                    lookup: try .ofHome(source, status), output: out, receipt: desk)
                counts.add(try await check.verify(file))
                // A temporary file lives until here.
                withExtendedLifetime(spooled) {}
            }
        }
        if counts.total > 1, !isJSON { print(VerdictText.summary(counts)) }
        if counts.exitCode != 0 { throw ExitCode(counts.exitCode) }
    }
}

extension VerdictCounts {
    /// The worst of many decides.
    var exitCode: Int32 { notValid > 0 ? 1 : couldNotCheck > 0 ? 2 : 0 }
}
