import ArgumentParser

@main struct Signet: AsyncParsableCommand { func run() async throws {} }
