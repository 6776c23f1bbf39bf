import Acts
import ArgumentParser
import Files
import Glibc
import HomeFolder
import Installation

struct HomeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder that init made (or the variable SIGNET_HOME).", valueName: "folder"))
    var home: String?

    var path: String { home ?? getenv("SIGNET_HOME").map { String(cString: $0) } ?? "signet-home" }

    func open() throws -> Home { try Home(path: path, pin: PassphraseOptions.pin) }
}

extension Home {
    /// To act by commands.
    func openOffice() async throws -> Office { try await openOffice(workers: ForeignFiles.pool) }

    /// To look only, which needs no current record.
    func lookingOffice() throws -> Office { try Office(self, store: openStore(), workers: ForeignFiles.pool) }
}
