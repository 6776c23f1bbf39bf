import ArgumentParser
import Parsing

@main
struct SignetBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signet-bench",
        abstract: "Measures this machine: ratios to raw OpenSSL, in one run.",
        discussion: """
            Machines are noisy, so slices of ours and of raw OpenSSL take turns, and ratios are what counts.

            Examples:
              signet-bench signing
              signet-bench issue --rows 200000
              signet-bench reissue --rows 17000
              signet-bench status
            """,
        subcommands: [BenchSigning.self, BenchIssue.self, BenchReissue.self, BenchVerify.self, BenchStatus.self])

    static func main() async {
        // Sheets are read by other processes of this program, as of signet.
        if CommandLine.arguments.dropFirst().first == ParsingPool.command { ParsingWorker.run() }
        await main(nil)
    }
}
