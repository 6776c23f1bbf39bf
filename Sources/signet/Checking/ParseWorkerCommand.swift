import ArgumentParser
import Parsing

/// The process that reads foreign files for another of this program.
struct ParseWorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: ParsingPool.command, abstract: "Read files for the process that started it.", shouldDisplay: false)

    func run() throws { ParsingWorker.run() }
}
