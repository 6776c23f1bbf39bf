import Acts
import ArgumentParser
import Audit
import Credential
import Encodings
import Errors
import Glibc
import HomeFolder
import Installation
import Issuance
import Publishing
import Signing
import StatusList
import Store

struct ReissueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue", abstract: "Give many certificates a new version under their numbers.",
        subcommands: [ReissueRun.self, ReissuePause.self, ReissueList.self])
}

struct ReissueRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Plan, approve and run a campaign; run again, it goes on.",
        discussion: """
            The old versions are superseded in the very transactions that keep the new ones' signatures. Without \
            --yes or --approve the campaign is only shown. Stopped or paused, the same command goes on.

            Examples:
              signet reissue run --name "Stolen key" --key 8f1d3c5e7a9b0c2d --cause key-compromise --dry-run
              signet reissue run --name "Wrong name" --batch 3 --set-occupation-name 物流服务师 --approve DIGEST
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Option(help: "The campaign's name, without personal data.") var name: String
    @OptionGroup var selection: SelectionOptions
    @Option(help: "reissued (default) or key-compromise.") var cause = "reissued"
    @Option(help: "The occupation's name from now on.") var setOccupationName: String?
    @Option(help: "The institution's name from now on.") var setInstitutionName: String?
    @Option(help: "The specialisation from now on; empty for none.") var setSpecialisation: String?
    @Option(help: "The day printed from now on, such as 2026-07-10.") var setAwardDate: String?
    @Flag(help: "Only show what it would do.") var dryRun = false
    @Flag(help: "Approve without asking.") var yes = false
    @Option(help: "Approve only the campaign with this digest.") var approve: String?
    @Option(help: "Who approves; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = ""
    @OptionGroup var evidence: EvidenceOptions

    func validate() throws {
        guard let cause = StatusReason(rawValue: cause), [.reissued, .keyCompromise].contains(cause) else {
            throw ValidationError(
                zh: "--cause 是 reissued 或 key-compromise", en: "--cause is reissued or key-compromise")
        }
        if let setAwardDate, CalendarDate(iso8601: setAwardDate) == nil {
            throw ValidationError(
                zh: "--set-award-date \(setAwardDate) 不是日期，应如 2026-07-10",
                en: "--set-award-date \(setAwardDate) is not a day such as 2026-07-10")
        }
    }

    func run() async throws {
        let office = try await home.open().openOffice()
        let passphrase = passphrase
        var run = try RunCampaign(in: office) { try passphrase.passphrase() }
        let name = name
        var bar = ProgressBar("Reissuing")
        if let known = try await office.store.read({ try $0.campaign(named: name) }) {
            report(
                try await run.goOn(
                    known, by: Login.actor(actor), onProgress: { bar.update($0) },
                    onPublished: { ReissueText.show($0, bar) }))
            return
        }
        let plan = try await selection.selection(office.home).plan(change, in: office.store)
        let proposal = try plan.proposal
        show(plan, proposal)
        guard !plan.versions.isEmpty, !dryRun else { return }
        guard let approver = try await approver(of: proposal, in: office) else {
            print("  not approved: nothing was changed")
            throw ExitCode(1)
        }
        report(
            try await run.begin(
                // Checked when the arguments were.
                plan, named: name, cause: StatusReason(rawValue: cause) ?? .reissued, reason: reason, by: approver,
                onProgress: { bar.update($0) }, onPublished: { ReissueText.show($0, bar) }))
    }

    private func show(_ plan: ReissuePlan, _ proposal: Proposal) {
        print(
            """
            \(name): \(plan.versions.count.grouped) certificates of \(plan.institutions.count) institutions
              suspended, and stay so   \(plan.suspended.grouped)
              left out                 \(plan.refused.count.grouped) revoked or superseded
              digest \(proposal.name)
            """)
    }

    private func report(_ outcome: RunCampaign.Outcome) {
        let progress = outcome.progress
        print(
            """
            \(outcome.isWhole ? "Reissued" : "Paused:") \(progress.sealed.grouped) of \(progress.total.grouped) certificates, \
            approved by \(outcome.campaign.approval.actor)
              passed over  \(progress.passedOver.grouped) revoked or replaced in the meantime
            """)
    }

    private var change: CertificateChange {
        var change = CertificateChange()
        change.occupationName = setOccupationName
        change.institutionName = setInstitutionName
        change.specialisation = setSpecialisation
        change.awardDate = setAwardDate
        return change
    }

    /// As whom to do it; nil when it is not approved.
    private func approver(of proposal: Proposal, in office: Office) async throws -> Actor? {
        if try evidence.decides(in: office) {
            return try await evidence.actor(for: proposal, of: nil, in: office, named: actor)
        }
        return try isApproved(proposal) ? Login.actor(actor) : nil
    }

    private func isApproved(_ proposal: Proposal) throws -> Bool {
        let (digest, count) = (proposal.name, proposal.count)
        if let approve { return approve.lowercased() == digest }
        if yes { return true }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Refusal(
                .usage, zh: "没有人在场批准；请给出 --yes，或用 --approve \(digest) 只批准这个补换批次",
                en: "nobody is there to approve; give --yes, or --approve \(digest) for exactly this campaign")
        }
        Terminal.standardError.write("Reissue \(count.grouped) certificates? Type their number: ")
        return Int(readLine() ?? "") == count
    }
}

struct ReissuePause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop a campaign after the part under way; run lets it go on.")

    @OptionGroup var home: HomeOptions
    @Option(help: "The campaign's name.") var name: String

    func run() async throws {
        let office = try await home.open().openOffice()
        try await office.perform(PauseCampaign(named: name), by: Login.actor())
        print("Paused \"\(name)\".")
    }
}

struct ReissueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Report on all campaigns.")

    @OptionGroup var home: HomeOptions

    func run() async throws {
        let campaigns = try await home.open().openStore().read { store in
            try store.campaigns().map { ($0, try store.progress(of: $0.id)) }
        }
        for (campaign, progress) in campaigns {
            let state = campaign.completedAt != nil ? "done" : campaign.pausedAt != nil ? "paused" : "open"
            print(
                "\(campaign.name)  \(campaign.cause.rawValue)  \(state)  \(progress.sealed.grouped) of "
                    + "\(progress.total.grouped), \(progress.passedOver.grouped) passed over, "
                    + "approved by \(campaign.approval.actor) on \(UTCTime.text(campaign.approval.time))")
        }
    }
}

enum ReissueText {
    /// The lists that a campaign changed, where its bar was.
    static func show(_ lists: [StatusPublisher.Published], _ bar: ProgressBar) {
        bar.clear()
        for list in lists { print("  " + StatusText.line(list)) }
    }
}
