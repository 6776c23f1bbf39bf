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
            print("\(problem.outcome.text.spoken)  \(problem.words.spoken)")
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
                    "\(isSame ? "✓" : "✗") \(SafeText.shown(path))\(isSame ? "" : spoken(zh: " 是另一个文件", en: " is another file"))\n"
                )
            }
        }
        if differs { throw ExitCode(1) }
    }

    private static func text(_ receipt: VerificationReceipt) -> String {
        var counts: [String] = []
        for (count, outcome) in [
            (receipt.verdicts.valid, Outcome.valid), (receipt.verdicts.notValid, .notValid),
            (receipt.verdicts.couldNotCheck, .couldNotCheck),
        ] where count > 0 { counts.append("\(count.grouped) \(outcome.text.spoken)") }
        let lists = receipt.statusLists.map {
            line("状态列表", "status list", "\($0.uri)", UTCTime.text($0.iat))
        }
        let head = spoken(zh: "：\(receipt.iss) 的回执", en: ": receipt of \(receipt.iss)")
        return
            ([
                Outcome.valid.text.spoken + head,
                spoken(
                    zh: "  核验时间  \(UTCTime.text(receipt.iat))，\(receipt.tool)",
                    en: "  checked           \(UTCTime.text(receipt.iat)) by \(receipt.tool)"),
                spoken(zh: "  行        ", en: "  rows              ")
                    + "\(receipt.rows.grouped) = \(counts.joined(separator: " + "))",
                line("信任列表", "trust list", "\(receipt.trustList.sequence)", UTCTime.text(receipt.trustList.iat)),
            ] + lists).joined(separator: "\n")
    }

    private static func line(_ zh: String, _ en: String, _ name: String, _ time: String) -> String {
        spoken(zh: "  \(zh)  \(name)（\(time)）", en: "  \(TextWidth.fitted(en, to: 16))  \(name) of \(time)")
    }
}
