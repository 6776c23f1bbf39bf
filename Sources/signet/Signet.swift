import ArgumentParser
import Errors
import Glibc

@main
struct Signet: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "signet",
        abstract: "Issues skill certificates that anyone can check.",
        discussion: """
            A first run, from nothing to a certificate that verifies:

              signet init --authority "Skill Appraisal Centre" --host verify.example.org
              signet registry import --folder registry
              signet keys create --all
              signet trust publish
              signet issue results.csv --award-date 2026-07-10
              signet verify signet-home/issued/results.issued.csv
              signet serve

            Speaks Chinese or English by the locale (LC_ALL, LC_MESSAGES, LANG), or by --language zh|en anywhere on the \
            command line.

            Exit codes: 0 done or valid · 1 not valid, or rows need attention · 2 could not check · 64 usage · \
            65 input refused · 66 file missing · 69 port taken · 70 defect · 72 library failed · 73 exists already · \
            74 disk full or I/O · 75 busy, try again · 76 database damaged · 77 passphrase · 78 configuration.
            """,
        version: version,
        subcommands: [
            InitCommand.self, KeysCommand.self, RegistryCommand.self, ReportCommand.self, TrustCommand.self,
            SampleCommand.self,
            CorrectCommand.self, ReissueCommand.self, AuditCommand.self, BackupCommand.self, RestoreCommand.self,
            ResultsCommand.self,
            IssueCommand.self, BatchesCommand.self, RevokeCommand.self, SuspendCommand.self, ReinstateCommand.self,
            StatusCommand.self,
            BundleCommand.self, DocumentsCommand.self, QRCommand.self, VerifyCommand.self, ReceiptCommand.self,
            APIKeysCommand.self, HoldersCommand.self, AccountsCommand.self, ApproversCommand.self, ApproveCommand.self,
            SheetsCommand.self, SignerCommand.self, PortalCommand.self,
            ServeCommand.self, ParseWorkerCommand.self,
        ])

    static func main() async {
        Secrets.takeFromEnvironment()
        // A closed pipe ends a command quietly, as with other tools.
        signal(SIGPIPE, SIG_DFL)
        do {
            try Language.ofThisRun.check()
            var command = try parseAsRoot(Language.ofThisRun.arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            guard let failure = error as? any Explained else { Self.end(with: error) }
            Terminal.standardError.say(failure.sentence())
            Glibc.exit(failure.category.exitCode)
        }
    }

    /// What the argument parser says: help, or what is wrong with a command line, which it repeats.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        let stream = code.isSuccess ? Terminal.standardOutput : .standardError
        stream.write(fullMessage(for: error) + "\n")
        Glibc.exit(code.rawValue)
    }
}
