import ArgumentParser

struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Publish and show the signed trust list.",
        subcommands: [TrustPublish.self, TrustShow.self])
}
