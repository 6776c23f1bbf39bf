import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure this machine: ratios to raw OpenSSL, in one run.",
        discussion: """
            Machines are noisy, so slices of ours and of raw OpenSSL take turns, and ratios are what counts.

            Examples:
              signet bench signing
              signet bench issue --rows 200000
              signet bench reissue --rows 17000
              signet bench status
            """,
        subcommands: [BenchSigning.self, BenchIssue.self, BenchReissue.self, BenchVerify.self, BenchStatus.self])
}
