import Acts
import ArgumentParser
import Bulk
import Credential
import HomeFolder
import StatusList

struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke certificates, for ever.",
        discussion: TransitionRun.discussion(
            .revoke, "signet revoke Y000037001001263000001 --reason misconduct --note \"Ruling 2026-12\""))
    @OptionGroup var options: TransitionOptions
    func run() async throws { try await TransitionRun(.revoke, options).run() }
    func validate() throws { try options.check(for: .revoke) }
}

struct SuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Suspend certificates until they are reinstated or revoked.",
        discussion: TransitionRun.discussion(
            .suspend,
            "signet suspend --institution 4137012391 --awarded-from 2026-06-01 --reason under-investigation "
                + "--note \"Inquiry 7\" --dry-run"))
    @OptionGroup var options: TransitionOptions
    func run() async throws { try await TransitionRun(.suspend, options).run() }
    func validate() throws { try options.check(for: .suspend) }
}

struct ReinstateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate", abstract: "Make suspended certificates valid again.",
        discussion: TransitionRun.discussion(
            .reinstate, "signet reinstate --list cleared.csv --reason investigation-closed --note \"Inquiry 7\""))
    @OptionGroup var options: TransitionOptions
    func run() async throws { try await TransitionRun(.reinstate, options).run() }
    func validate() throws { try options.check(for: .reinstate) }
}

/// What revoke, suspend and reinstate share.
struct TransitionOptions: ParsableArguments {
    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Argument(help: "Certificate numbers.") var numbers: [String] = []
    @Option(help: ArgumentHelp("A file with one number on each line, or an issued list.", valueName: "file"))
    var list: String?
    @Option(
        help: ArgumentHelp(
            "A file with one QR text on each line, of certificates that were lost with a database (see restore).",
            valueName: "file"))
    var seals: String?
    @OptionGroup var query: QueryOptions

    @Option(help: "Why, as a code; see above.") var reason: String
    @Option(help: "Why, in words, for the record. It is never published.") var note: String
    @Option(help: "Who; the login name by default.") var actor: String?
    @Flag(help: "Show what would change, and change nothing.") var dryRun = false
    @Option(help: ArgumentHelp("The number of certificates, typed, where there are many.", valueName: "n"))
    var yesCount: Int?
    @Option(help: "Change only what has this digest, as --dry-run shows it.") var approve: String?
    @OptionGroup var evidence: EvidenceOptions
    @Flag(help: "One JSON object per certificate.") var json = false

    func check(for transition: StatusTransition) throws {
        guard [!numbers.isEmpty, list != nil, seals != nil, query.isGiven].count(where: { $0 }) == 1 else {
            throw ValidationError(
                zh: "请说明是哪些证书：编号，或 --list、--seals，或 --batch 之类的条件",
                en: "say which certificates: numbers, or --list, --seals, or a query such as --batch")
        }
        guard let code = StatusReason(rawValue: reason), code.isFor(transition) else {
            let codes = StatusReason.reasons(for: transition).map(\.rawValue).joined(separator: ", ")
            throw ValidationError(zh: "--reason 须是其中之一：\(codes)", en: "--reason must be one of: \(codes)")
        }
        guard note.contains(where: { !$0.isWhitespace }), note.utf8.count <= 1000 else {
            throw ValidationError(
                zh: "--note 简要说明原因，最多 1000 字节", en: "--note says why in a few words, at most 1000 bytes")
        }
    }

    func selection(_ home: Home) throws -> CertificateSelection {
        if query.isGiven { return try query.selection(home) }
        if let seals { return .seals(try SealList.claims(in: seals, trust: home.requiredTrustList())) }
        return .numbers(
            try (list.map { try NumberList.read($0, by: ForeignFiles.pool) } ?? numbers).map(
                CertificateNumber.init(argument:)))
    }
}
