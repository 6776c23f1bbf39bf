import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Issuance
import Signing
import Store

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Check, list and export the record of every act.",
        subcommands: [AuditVerify.self, AuditList.self, AuditExport.self, AuditCheck.self])
}

struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that nothing in the record was changed, removed or cut off.",
        discussion: """
            Checks the chain of hashes, the signed checkpoints outside the database, that batches, certificates \
            and trust lists are those that were recorded, and that the files in trust/ and status/ are those that were \
            published last. Exit code 76 when something is wrong; 1 when all is right but acts were lost with a database, \
            unless --allow-lost is given.
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var losses: LossOptions

    func run() async throws {
        let home = try home.open()
        let found = try await home.trail(of: home.openStore().forAudits).verify(
            files: home.publishedFiles, approvals: home.approvalBasis())
        guard let found else {
            throw Refusal(
                .damaged, zh: "审计记录是空的；一个目录应以创建它的操作开始",
                en: "the record is empty; a home begins with the act that made it")
        }
        let (last, folder) = (found.last, home.checkpoints)
        print(
            """
            All \(last.sequence.grouped) acts are as they were recorded, the last on \(UTCTime.text(last.act.time)).
              hash  \(Hex.encode(last.hash))
            """)
        try losses.report(found.losses)
        try await folder.withLock { try folder.fold(upTo: last.sequence) }
    }
}

/// Acts that are lost are said aloud: that somebody accepted it does not bring them back.
struct LossOptions: ParsableArguments {
    @Flag(help: "Exit with 0 though acts were lost with a database, where that was accepted.") var allowLost = false

    func report(_ losses: [AuditChain.Loss]) throws {
        for loss in losses {
            print(
                "LOST: acts \(loss.acts.lowerBound.grouped) to \(loss.acts.upperBound.grouped), accepted on "
                    + "\(UTCTime.text(loss.acceptance.time)) by \(loss.acceptance.actor) (\(loss.acceptance.reason))")
        }
        guard losses.isEmpty || allowLost else { throw ExitCode(1) }
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
            "\(entry.sequence)  \(UTCTime.text(act.time))  \(act.actor)  \(act.kind.rawValue)  \(act.sentence)\(reason)"
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
        let known = try home.checkpoints.losses()
        var place = 0
        let store = try home.openStore()
        let evidence = try await Self.evidence(in: store)
        let last = try await home.trail(of: store.forAudits).verify(approvals: home.approvalBasis()) { entry in
            let lost = place + 1...max(place + 1, entry.sequence - 1)
            if entry.sequence > place + 1, let declared = known.first(where: { $0.lost == lost }) {
                lines.append(try JSONLine.encode(CheckpointLine(checkpoint: declared.signed(by: key))))
            }
            place = entry.sequence
            lines.append(try JSONLine.encode(AuditLine(entry)))
            if entry.act.kind == .approvalSigned, let line = evidence[entry.act.digest] { lines.append(line) }
            if lines.count >= 1000 {
                try file.write(Array((lines.joined(separator: "\n") + "\n").utf8))
                lines = []
            }
        }?.last
        guard let last else { throw Refusal(.damaged, zh: "审计记录是空的", en: "the record is empty") }
        let checkpoint = AuditCheckpoint(sequence: last.sequence, hash: last.hash, time: Clock.now())
        lines.append(
            try JSONLine.encode(CheckpointLine(checkpoint: checkpoint.signed(by: key))))
        try file.write(Array((lines.joined(separator: "\n") + "\n").utf8))
        try file.commit()
        print("Wrote \(last.sequence.grouped) acts to \(out), signed by the audit key.")
    }

    /// Lines of all signed statements, by the digests that the record has of them.
    private static func evidence(in store: any Store) async throws -> [[UInt8]: String] {
        var (lines, last): ([[UInt8]: String], EvidenceID?) = ([:], nil)
        while true {
            let after = last
            let page = try await store.read { try $0.evidence(after: after, limit: 500) }
            guard let end = page.last else { return lines }
            for one in page { lines[try one.signed.digest] = try JSONLine.encode(EvidenceLine(one.signed.parts)) }
            last = end.id
        }
    }
}

struct AuditCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check an exported record with nothing but the public audit key.")

    @Argument(help: "File that audit export wrote.") var file: String
    @Option(help: ArgumentHelp("Public audit key (audit.pub.pem).", valueName: "file")) var key: String

    @OptionGroup var losses: LossOptions

    func run() throws {
        let (last, lost) = try AuditFile.check(DurableFile.read(file, limit: 1 << 30), key: PublicKey.load(key))
        print("All \(last.sequence.grouped) acts are as they were signed, the last on \(UTCTime.text(last.act.time)).")
        try losses.report(lost)
    }
}
