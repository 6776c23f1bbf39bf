import ArgumentParser
import Glibc
import Parsing

/// The process that reads foreign files for another of this program.
struct ParseWorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: ParsingPool.command, abstract: "Read files for the process that started it.", shouldDisplay: false)

    @Argument(help: "By how much it gives way to other processes.") var niceness: Int32 = 0

    func run() throws {
        _ = nice(niceness)
        ParsingWorker.run()
    }
}
