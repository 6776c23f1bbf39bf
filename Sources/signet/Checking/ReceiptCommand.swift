import ArgumentParser
import Bulk
import Credential
import Encodings
import Errors
import Files
import Glibc
import Seal
import Signing
import Verification

struct ReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Check receipts of bulk verifications.", subcommands: [ReceiptVerify.self])
}

struct ReceiptVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a receipt's signature, and that files are those it was given for.",
        discussion: """
            Exit code: 0 right, 1 not valid, or a file is another, 2 could not be checked.

            Example:
              signet receipt verify hires.receipt.jwt --input hires.csv --result hires.checked.csv
            """)

    @OptionGroup var source: TrustOptions
    @Argument(help: ArgumentHelp("The receipt.", valueName: "file")) var receipt: String
    @Option(help: ArgumentHelp("The file that was sent.", valueName: "file")) var input: String?
    @Option(help: ArgumentHelp("The result that came back.", valueName: "file")) var result: String?
    @Flag(help: "The receipt's content as JSON.") var json = false

    func run() throws {
        let bytes = try DurableFile.read(receipt, limit: 1 << 20)
        let checked: VerificationReceipt
        do {
            checked = try VerificationReceipt(jws: bytes, trust: source.trustSource())
        } catch let problem as ReceiptProblem {
            print("\(problem.outcome.text.zh) \(problem.outcome.text.en)  \(problem.description)")
            throw ExitCode(problem.outcome == .notValid ? 1 : 2)
        }
        try print(json ? JSONLine.encode(checked) : Self.text(checked))
        var differs = false
        for (path, file) in [(input, checked.input), (result, checked.result)] {
            guard let path else { continue }
            let isSame = try VerificationReceipt.File(path: path) == file
            differs = differs || !isSame
            if !json || !isSame {
                Terminal.standardOutput.write(
                    "\(isSame ? "✓" : "✗") \(SafeText.shown(path))\(isSame ? "" : " is another file")\n")
            }
        }
        if differs { throw ExitCode(1) }
    }

    private static func text(_ receipt: VerificationReceipt) -> String {
        var counts: [String] = []
        for (count, outcome) in [
            (receipt.verdicts.valid, Outcome.valid), (receipt.verdicts.notValid, .notValid),
            (receipt.verdicts.couldNotCheck, .couldNotCheck),
        ] where count > 0 { counts.append("\(count.grouped) \(outcome.text.zh) \(outcome.text.en)") }
        let lists = receipt.statusLists.map { "  status list       \($0.uri) of \(UTCTime.text($0.iat))" }
        return
            ([
                "\(Outcome.valid.text.zh) \(Outcome.valid.text.en): receipt of \(receipt.iss)",
                "  checked           \(UTCTime.text(receipt.iat)) by \(receipt.tool)",
                "  rows              \(receipt.rows.grouped) = \(counts.joined(separator: " + "))",
                "  trust list        \(receipt.trustList.sequence) of \(UTCTime.text(receipt.trustList.iat))",
            ] + lists).joined(separator: "\n")
    }
}
