import ArgumentParser
import AuditLog
import Credential
import Glibc
import Issuance
import Signing
import Store
import StoreSQLite

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Check, list and export the record of every act.",
        subcommands: [AuditVerify.self, AuditList.self, AuditExport.self, AuditCheck.self])
}

struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that nothing in the record was changed, removed or cut off.",
        discussion: """
            Checks the chain of hashes, the signed checkpoints outside the database, and that batches, certificates \
            and trust lists are those that were recorded. Exit code 76 when something is wrong.
            """)

    @OptionGroup var home: HomeOptions

    func run() async throws {
        let home = try home.open()
        guard let last = try await home.trail(of: home.openStore()).verify() else {
            throw CommandFailure(.databaseDamaged, "the record is empty; a home begins with the act that made it")
        }
        print(
            """
            All \(last.sequence.grouped) acts are as they were recorded, the last on \(UTCTime.text(last.act.time)).
              hash  \(Hex.encode(last.hash))
            """)
    }
}

struct AuditList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List acts: who did what to which thing, when and why.")

    @OptionGroup var home: HomeOptions
    @Option(help: "Only the last so many.") var last: Int?
    @Flag(help: "One JSON object per line.") var json = false

    func run() async throws {
        let store = try home.open().openStore()
        let end = try await store.read { try $0.lastAuditEntry()?.sequence ?? 0 }
        var place = max(0, end - (last ?? end))
        while true {
            let after = place
            let page = try await store.read { try $0.auditEntries(after: after, limit: 1000) }
            guard let newest = page.last else { return }
            for entry in page { print(json ? try JSONLine.encode(AuditLine(entry)) : Self.text(entry)) }
            place = newest.sequence
        }
    }

    private static func text(_ entry: AuditEntry) -> String {
        let act = entry.act
        let reason = act.reason.isEmpty ? "" : "  (\(act.reason))"
        return
            "\(entry.sequence)  \(UTCTime.text(act.time))  \(act.actor)  \(act.kind.rawValue)  \(act.subject)\(reason)"
    }
}

struct AuditExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the whole record for the authority: NDJSON, its end signed.",
        discussion: """
            The last line holds a checkpoint signed by the audit key. signet audit check reads the file with nothing \
            but the public key.

            Example:
              signet audit export --out audit-2026.ndjson
              signet audit check audit-2026.ndjson --key audit.pub.pem
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: ArgumentHelp("File to write.", valueName: "file")) var out: String

    func run() async throws {
        let home = try home.open()
        let file = try OutputFile(out)
        var lines: [String] = []
        let key = try home.checkpoints.signingKey()
        let known = Dictionary(try home.checkpoints.all().map { ($0.sequence, $0) }) { first, _ in first }
        var place = 0
        let last = try await home.trail(of: home.openStore()).verify { entry in
            if entry.sequence > place + 1, let accepted = known[entry.sequence - 1] {
                lines.append(try JSONLine.encode(CheckpointLine(checkpoint: accepted.line.signed(by: key))))
            }
            place = entry.sequence
            lines.append(try JSONLine.encode(AuditLine(entry)))
            if lines.count == 1000 {
                try file.write(Array((lines.joined(separator: "\n") + "\n").utf8))
                lines = []
            }
        }
        guard let last else { throw CommandFailure(.databaseDamaged, "the record is empty") }
        let checkpoint = AuditCheckpoint(sequence: last.sequence, hash: last.hash, time: Clock.now())
        lines.append(
            try JSONLine.encode(CheckpointLine(checkpoint: checkpoint.signed(by: key))))
        try file.write(Array((lines.joined(separator: "\n") + "\n").utf8))
        try file.commit()
        print("Wrote \(last.sequence.grouped) acts to \(out), signed by the audit key.")
    }
}

struct AuditCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check an exported record with nothing but the public audit key.")

    @Argument(help: "File that audit export wrote.") var file: String
    @Option(help: ArgumentHelp("Public audit key (audit.pub.pem).", valueName: "file")) var key: String

    func run() throws {
        let last = try AuditFile.check(DurableFile.read(file, limit: 1 << 30), key: PublicKey.load(key))
        print("All \(last.sequence.grouped) acts are as they were signed, the last on \(UTCTime.text(last.act.time)).")
    }
}
