import ArgumentParser
import GRDB
import Hummingbird
@main struct Signet: AsyncParsableCommand { func run() async throws {} }
