import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Errors
import Files
import FoundationEssentials
import Glibc
import HomeFolder
import Installation
import Issuance
import Publishing
import Signing
import StatusList
import Store

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a home from a backup, and take it into service.",
        subcommands: [RestoreHome.self, RestoreAccept.self])
}

struct RestoreHome: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "home", abstract: "Make a new home from a backup; it signs nothing until it is accepted.",
        discussion: "Example:\n  signet restore home backups/2026-07-10 --home signet-home")

    @OptionGroup var home: HomeOptions
    @Argument(help: "Folder that backup made.") var backup: String

    func run() async throws {
        let manifest = try await Home.restore(from: backup, to: home.path)
        print(
            """
            Made \(home.path) from the backup of \(UTCTime.text(manifest.time)), up to act \(manifest.sequence).
            Put back from their own copies: keys/*.key and data.keys.
            Put in status/ and trust/ what was published last (a server has it): revocations are read from there.
            Nothing is signed until: signet restore accept --checkpoint FILE
            """)
    }
}

struct RestoreAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Take a restored database into service from the last published checkpoint.",
        discussion: """
            The file is the newest copy of audit/checkpoint that exists anywhere. Numbers and places in status lists \
            that were given out after the backup are passed over, and the audit trail says which acts were lost. What was \
            revoked or suspended since is read back from the status lists in status/, which must be the last published.

            Example:
              signet restore accept --checkpoint checkpoint --reason "Disk failed"
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: ArgumentHelp("The last checkpoint that was published.", valueName: "file")) var checkpoint: String
    @Flag(help: "Go on though no copy of the last published status lists is left; what was revoked since is undone.")
    var statusListsLost = false
    @Option(help: "Who accepts; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason: String

    func run() async throws {
        let home = try home.open()
        let store = try home.openStore()
        let last = try home.checkpoints.checkpoint(inFile: checkpoint)
        let published = try PublishedLists(folder: home.statusPath, trust: home.trustList())
        let outcome = try await RestoreAcceptance(
            store: store.forAdministration, folder: home.checkpoints, published: published, status: home.statusTerms
        ).accept(
            last, listsAreLost: statusListsLost,
            approval: Approval(actor: actor ?? Login.name, reason: reason, time: Clock.now()))
        if outcome.lost.isEmpty {
            print("Accepted: the database has all acts up to \(last.sequence); nothing was lost.")
        } else {
            print(
                """
                Accepted. Acts \(outcome.lost.lowerBound) to \(outcome.lost.upperBound - 1) are lost.
                  passed over   \(outcome.passedOverSerials.grouped) numbers, \(outcome.passedOverIndexes.grouped) places in status lists
                Issue again the sheets of that time: their certificates get new numbers.
                """)
        }
        report(outcome)
    }

    private func report(_ outcome: RestoreAcceptance.Outcome) {
        func count(_ transition: StatusTransition) -> String { outcome.changed[transition, default: 0].grouped }
        print(
            """
            From the published status lists:
              taken over    \(count(.revoke)) revoked, \(count(.suspend)) suspended, \(count(.supersede)) superseded, \
            \(count(.reinstate)) reinstated
              kept          \(outcome.keptPlaces.grouped) not valid whose certificates are lost, \(outcome.begunLists.grouped) lists begun since
            Next: signet status publish
            """)
    }
}
