import ArgumentParser
import Glibc
import Verification

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check certificates offline, by their QR texts or as PDF documents.",
        discussion: """
            An input is a QR text (https://…/c#digits), the digits alone, a signed PDF, a file with one on each line (such \
            as an issued list), or - for standard input. Needs the trust list, the status lists and the pinned root, and \
            nothing else. A certificate whose status list is missing or too old could not be checked.

            Exit code: 0 all valid, 1 one or more not valid, 2 one or more could not be checked.

            Examples:
              signet verify certificate.pdf
              signet verify 'https://verify.example.org/c#0123…'
              signet verify hires.txt --trust trust-list.jws --status 1.jwt --root root.pub.pem --json
              signet verify hires.txt --bundle fair.bundle --root root.pub.pem --max-age 2d
            """)

    @OptionGroup var source: TrustOptions
    @OptionGroup var status: StatusOptions
    @Argument(help: "QR texts, PDFs, files, or -.") var inputs: [String]
    @Flag(help: "One JSON object per certificate.") var json = false

    func run() async throws {
        let evidence = try Evidence(source, status)
        let now = Clock.now()
        var worst = VerdictCounts()
        for input in inputs {
            if Self.isQRText(input) {
                let verdict = try SealVerifier(
                    trust: evidence.trust, status: evidence.status, now: now, isTrustCurrent: false
                ).verify(qrText: input)
                worst.count(verdict.outcome)
                print(json ? verdict.json : VerdictText.block(verdict))
            } else if DocumentCheck.isDocument(input) {
                worst.add(try DocumentCheck(evidence: evidence, now: now, isJSON: json).verify(input))
            } else {
                let list = SealList(trust: evidence.trust, status: evidence.status, now: now, isJSON: json)
                worst.add(try await list.verify(input))
            }
        }
        if worst.total > 1, !json { print(VerdictText.summary(worst)) }
        if worst.exitCode != 0 { throw ExitCode(worst.exitCode) }
    }

    private static func isQRText(_ input: String) -> Bool {
        if input.contains("#") && input.hasPrefix("http") { return true }
        return input.utf8.count > 40 && input.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// How many of each verdict; the worst of many decides the exit code.
struct VerdictCounts: Sendable {
    private(set) var valid = 0
    private(set) var notValid = 0
    private(set) var couldNotCheck = 0

    var total: Int { valid + notValid + couldNotCheck }
    var exitCode: Int32 { notValid > 0 ? 1 : couldNotCheck > 0 ? 2 : 0 }

    mutating func count(_ outcome: Outcome) {
        switch outcome {
        case .valid: valid += 1
        case .notValid: notValid += 1
        case .couldNotCheck: couldNotCheck += 1
        }
    }

    mutating func add(_ other: VerdictCounts) {
        valid += other.valid
        notValid += other.notValid
        couldNotCheck += other.couldNotCheck
    }
}
