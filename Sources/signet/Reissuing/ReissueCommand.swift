import Acts
import ArgumentParser
import Audit
import Credential
import Encodings
import Errors
import Glibc
import Installation
import Issuance
import Signing
import StatusList
import Store
import StoreSQLite

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

    func validate() throws {
        guard let cause = StatusReason(rawValue: cause), [.reissued, .keyCompromise].contains(cause) else {
            throw ValidationError("--cause is reissued or key-compromise")
        }
        if let setAwardDate, CalendarDate(iso8601: setAwardDate) == nil {
            throw ValidationError("--set-award-date \(setAwardDate) is not a day such as 2026-07-10")
        }
    }

    func run() async throws {
        let home = try home.open()
        var desk = try await ReissueDesk(home, passphrase: passphrase)
        let name = name
        if let known = try await desk.store.read({ try $0.campaign(named: name) }) {
            try await goOn(known, &desk)
            return
        }
        let plan = try await desk.plan(
            change, selection.query(), selection.conditions, numbers: selection.numbers())
        let digest = Hex.encode(try plan.digest)
        print(
            """
            \(name): \(plan.versions.count.grouped) certificates of \(plan.institutions.count) institutions
              suspended, and stay so   \(plan.suspended.grouped)
              left out                 \(plan.refused.count.grouped) revoked or superseded
              digest \(digest)
            """)
        guard !plan.versions.isEmpty, !dryRun else { return }
        guard try isApproved(digest, count: plan.versions.count) else {
            print("  not approved: nothing was changed")
            throw ExitCode(1)
        }
        // Checked when the arguments were.
        let reissuer = try desk.reissuer(for: plan.institutions.keys)
        let campaign = try await reissuer.approve(
            plan, name: name, cause: StatusReason(rawValue: cause) ?? .reissued,
            approval: Approval(actor: actor ?? Login.name, reason: reason, time: Clock.now()))
        try await finish(campaign, reissuer, desk)
    }

    /// A campaign is its name: what it does was approved when it began.
    private func goOn(_ campaign: Campaign, _ desk: inout ReissueDesk) async throws {
        // No key is asked for but of those whose certificates it has.
        let institutions = try await desk.institutions(of: campaign)
        let actor = actor ?? Login.name
        try await desk.store.write { try $0.resume(campaign, by: actor, at: Clock.now()) }
        try await finish(campaign, try desk.reissuer(for: institutions), desk)
    }

    private func finish(_ campaign: Campaign, _ reissuer: Reissuer, _ desk: ReissueDesk) async throws {
        let isWhole = try await desk.run(campaign, with: reissuer)
        let progress = try await desk.store.read { try $0.progress(of: campaign.id) }
        print(
            """
            \(isWhole ? "Reissued" : "Paused:") \(progress.sealed.grouped) of \(progress.total.grouped) certificates, \
            approved by \(campaign.approval.actor)
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

    private func isApproved(_ digest: String, count: Int) throws -> Bool {
        if let approve { return approve.lowercased() == digest }
        if yes { return true }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Refusal(
                .usage, "nobody is there to approve; give --yes, or --approve \(digest) for exactly this campaign")
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
        let office = try await Office(home.open())
        try await office.perform(PauseCampaign(named: name), by: Login.actor(), at: Clock.now())
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
