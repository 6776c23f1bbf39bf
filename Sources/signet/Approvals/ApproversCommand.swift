import Accounts
import Acts
import Approvals
import ArgumentParser
import Credential
import Encodings
import Errors
import Glibc
import HomeFolder
import Installation
import Signing
import Store
import WebAuthn

struct ApproversCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvers", abstract: "Say whose signatures approve.",
        subcommands: [ApproversAdd.self, ApproversList.self, ApproversEnd.self, ApproversRequire.self])
}

struct ApproversAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Put an officer's passkey, or public key, on the roster.",
        discussion: """
            Shows sixteen digits, which the officer sees as well: with the passkey on the portal's page of the own account, \
            with a key file by signet approvers add on the other side. Compare them by telephone. The first two approvers \
            are added here; more need the signatures of two (--statements, then --evidence twice).

            Example:
              signet approvers add 3fa2…
              signet approvers add 3fa2… --key officer.key.pub.pem
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "The officer's account; see: signet accounts list.") var account: String
    @Option(help: "The passkey's id, or its first digits, where the account has several.") var passkey: String?
    @Option(help: ArgumentHelp("Public key of the officer's key file.", valueName: "file")) var key: String?
    @Option(help: "May approve for this institution alone; may be given again.") var institution: [String] = []
    @Option(help: "The last day, such as 2027-07-31; without it there is no end.") var until: String?
    @Option(help: "The sixteen digits as the officer tells them, instead of the question.") var fingerprint: String?
    @OptionGroup var evidence: EvidenceOptions

    func run() async throws {
        let office = try await home.open().openOffice()
        let time = Clock.now()
        let approver = try await approver(in: office, at: time)
        let digits = try approver.fingerprint
        if let folder = evidence.statements {
            let change = try ChangeRoster.content(adding: approver)
            return try await evidence.write(change.content, of: change.subject, to: folder, in: office)
        }
        print(spoken(zh: "密钥校验码 \(digits)", en: "fingerprint \(digits)"))
        guard try confirmed(digits) else {
            throw Refusal(.denied, zh: "校验码不同；没有添加", en: "the digits differ; nothing was added")
        }
        try await ChangeRoster(in: office).add(
            approver, origin: PortalAddress.party(office.home).origin, evidence: evidence.files(), by: Login.actor(),
            at: time)
        print(spoken(zh: "已列入审批人名册", en: "added to the roster of approvers"))
    }

    private func confirmed(_ digits: String) throws -> Bool {
        if let fingerprint { return fingerprint.filter(\.isNumber) == digits.filter(\.isNumber) }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Refusal(
                .usage, zh: "没有人在场核对；请用 --fingerprint 给出审批员所报的 16 位数字",
                en: "nobody is there to compare; give the sixteen digits that the officer tells with --fingerprint")
        }
        Terminal.standardError.write("Does the officer see the same digits? [y/N] ")
        return ["y", "yes", "是"].contains((readLine() ?? "").lowercased())
    }

    private func approver(in office: Office, at time: Int) async throws -> Approver {
        let id = try AccountID(argument: account)
        let scope = institution.isEmpty ? nil : institution.sorted().map { InstitutionID($0) }
        let end = try until.map { text in
            guard let day = CalendarDate(iso8601: text) else {
                throw Refusal(
                    .usage, zh: "--until \(text) 不是日期，应写成 2027-07-31",
                    en: "--until \(text) is no day such as 2027-07-31")
            }
            return Clock.start(of: CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 1))
        }
        if let key {
            return Approver(try PublicKey.load(key), of: id, institutions: scope, from: time, until: end)
        }
        let passkeys = try await office.store.read { try $0.passkeys(of: id) }
        let found = passkeys.filter { one in
            passkey.map { Hex.encode(one.id).hasPrefix($0.lowercased()) } ?? true
        }
        guard let one = found.first, found.count == 1 else {
            let ids = passkeys.map { "\(Hex.encode($0.id.prefix(8))) \($0.label)" }.joined(separator: ", ")
            throw Refusal(
                .usage, zh: "请用 --passkey 指明哪一把通行密钥（\(ids)），或用 --key 给出公钥",
                en: "say with --passkey which of the account's passkeys (\(ids)), or give a public key with --key")
        }
        return Approver(one, institutions: scope, from: time, until: end)
    }
}

struct ApproversList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List approvers, and whether approvals need their signatures.")

    @OptionGroup var home: HomeOptions
    @Flag(help: "One JSON object per line.") var json = false

    private struct Line: Encodable {
        let key, account, kind, fingerprint, state: String
        let institutions: [String]?
    }

    func run() async throws {
        let office = try home.open().lookingOffice()
        let (roster, history) = (try office.roster(), try await office.approvalHistory())
        if !json {
            print(
                roster.approvals == .signed
                    ? spoken(zh: "批准须有签名", en: "approvals need signatures")
                    : spoken(zh: "批准不需要签名", en: "approvals need no signatures"))
        }
        for approver in roster.approvers {
            let isRecorded = try history.has(approver, at: history.last + 1)
            let state =
                !isRecorded && approver.endedAt == nil
                ? "unrecorded" : approver.isGood(at: Clock.now()) ? "good" : "ended"
            let line = Line(
                key: Hex.encode(approver.credential), account: approver.account.description,
                kind: approver.isPasskey ? "passkey" : "file", fingerprint: try approver.fingerprint, state: state,
                institutions: approver.institutions?.map(\.text))
            print(
                try json
                    ? JSONLine.encode(line)
                    : "\(Hex.encode(approver.credential.prefix(8)))  \(state)  \(line.kind)  \(line.fingerprint)  account \(line.account)"
                        + (line.institutions.map { "  " + $0.joined(separator: " ") } ?? ""))
        }
    }
}

struct ApproversEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End an approver's key at once.",
        discussion: "Example:\n  signet approvers end 3fa2…")

    @OptionGroup var home: HomeOptions
    @Argument(help: "The key's id, or its first digits; see: signet approvers list.") var key: String

    func run() async throws {
        let office = try await home.open().openOffice()
        let found = try office.roster().approvers.filter {
            $0.endedAt == nil && Hex.encode($0.credential).hasPrefix(key.lowercased())
        }
        guard let approver = found.first, found.count == 1 else {
            throw Refusal(
                .missing, zh: "名册里没有（或不止一把）以 \(key) 开头的密钥",
                en: "the roster has no key, or several, that begin with \(key)")
        }
        try await ChangeRoster(in: office).end(approver.credential, by: Login.actor(), at: Clock.now())
        print(spoken(zh: "该密钥不能再批准", en: "the key approves nothing from now on"))
    }
}

struct ApproversRequire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "require", abstract: "Let approvals need signatures from now on.",
        discussion: """
            Two approvers must be there. From then on issue, reissue, correct, revoke, suspend, reinstate, registry import, \
            results settle and documents approve ask for --evidence. With --off, signed by two approvers, names are enough \
            again.

            Example:
              signet approvers require
            """)

    @OptionGroup var home: HomeOptions
    @Flag(help: "Let names be enough again; needs the signatures of two approvers.") var off = false
    @OptionGroup var evidence: EvidenceOptions

    func run() async throws {
        let office = try await home.open().openOffice()
        if let folder = evidence.statements {
            let change = try ChangeRoster.release()
            return try await evidence.write(change.content, of: change.subject, to: folder, in: office)
        }
        try await ChangeRoster(in: office).set(
            off ? .unsigned : .signed, evidence: evidence.files(), by: Login.actor(), at: Clock.now())
        print(
            off
                ? spoken(zh: "批准不再需要签名", en: "approvals need no signatures any more")
                : spoken(zh: "今后批准须有签名", en: "approvals need signatures from now on"))
    }
}
