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
import StatusList
import Store

/// Shows what a transition would change, has many of them confirmed by their number, does it, and
/// publishes the lists that changed.
struct TransitionRun {
    private let transition: StatusTransition
    private let options: TransitionOptions
    /// From here on the number must be typed.
    private static let manyCount = 20

    init(_ transition: StatusTransition, _ options: TransitionOptions) {
        self.transition = transition
        self.options = options
    }

    static func discussion(_ transition: StatusTransition, _ example: String) -> String {
        """
        Of a certificate's versions the newest is meant. Shows the change first with --dry-run; more than \
        \(manyCount - 1) certificates must be confirmed by typing their number, or with --yes-count. The changed lists \
        are published at once. A second time nothing happens.

        Reasons: \(StatusReason.reasons(for: transition).map(\.rawValue).joined(separator: ", "))

        Example:
          \(example)
        """
    }

    private struct Line: Encodable {
        let number: String
        let version: Int
        let from: String
        let to: String
        let isDone: Bool
    }

    func run() async throws {
        let home = try options.home.open()
        // Whoever only looks needs no current record.
        let office = try await options.dryRun ? home.lookingOffice() : home.openOffice()
        let plan = try await options.selection(home).plan(transition, in: office)
        try refuse(plan)
        // The reason is checked with the options.
        let act = ChangeStatus(
            plan, reason: StatusReason(rawValue: options.reason)!, note: options.note,
            approved: try ProposalText.digest(options.approve))
        if options.dryRun {
            try show(plan, isDone: false)
            say(summary(plan, isDone: false))
            if !plan.changes.isEmpty {
                say(spoken(zh: "摘要 \(try act.proposal.name)", en: "digest \(try act.proposal.name)"))
            }
            return
        }
        guard !plan.changes.isEmpty else {
            say(summary(plan, isDone: true))
            return
        }
        if options.approve == nil { try confirm(plan.changes.count) }
        let publish = try PublishStatusLists(in: office, passphrase: options.passphrase.passphrase())
        let actor = try await options.evidence.actor(
            for: act.proposal, of: nil, in: office, named: options.actor)
        guard let actor else { return }
        try await office.perform(act, by: actor)
        if options.json || plan.changes.count < Self.manyCount { try show(plan, isDone: true) }
        say(summary(plan, isDone: true))
        for list in try await publish(all: false, by: actor) { say(StatusText.line(list)) }
    }

    /// Certificates that were named must all be able to change; of those that a query finds, the others
    /// are passed over.
    private func refuse(_ plan: StatusPlan) throws {
        guard !options.query.isGiven, let first = plan.refused.first else { return }
        let others = plan.refused.count - 1
        let why =
            first.status.map { BilingualText(zh: "是 \($0.name)，不能再变", en: "is \($0.name), which is final") }
            ?? BilingualText(zh: "签发时没有状态列表中的位置", en: "was issued without a place in a status list")
        throw Refusal(
            .refused,
            zh: "证书 \(first.number) \(why.zh)\(others > 0 ? "（另有 \(others) 份也是如此）" : "")；没有任何更改",
            en: "certificate \(first.number) \(why.en)\(others > 0 ? " (and \(others) others likewise)" : ""); "
                + "nothing was changed")
    }

    private func confirm(_ count: Int) throws {
        guard count >= Self.manyCount || options.yesCount != nil else { return }
        var typed = options.yesCount
        if typed == nil {
            guard isatty(STDIN_FILENO) == 1 else {
                throw Refusal(
                    .usage, zh: "将有 \(count) 份证书改变；请用 --yes-count \(count) 确认",
                    en: "\(count) certificates would change; confirm them with --yes-count \(count)")
            }
            Terminal.standardError.write(
                "\(transition.rawValue) \(count.grouped) certificates? Type their number to go on: ")
            typed = readLine().flatMap { Int($0.filter { $0 != "," && $0 != " " }) }
        }
        guard typed == count else {
            throw Refusal(
                .usage, zh: "将有 \(count) 份证书改变，而不是 \(typed.map(String.init) ?? "所答的数")；没有任何更改",
                en: "\(count) certificates would change, not \(typed.map(String.init) ?? "that"); nothing was changed")
        }
    }

    private func show(_ plan: StatusPlan, isDone: Bool) throws {
        for item in plan.changes {
            let line = Line(
                number: item.number.text, version: item.version, from: item.from.name,
                to: transition.target.name, isDone: isDone)
            print(
                options.json
                    ? try JSONLine.encode(line)
                    : "\(line.number)  version \(line.version)  \(line.from) → \(line.to)")
        }
    }

    private func summary(_ plan: StatusPlan, isDone: Bool) -> String {
        let (count, target) = (plan.changes.count.grouped, transition.target.name)
        var parts = [
            isDone
                ? spoken(zh: "\(count) 份已变为 \(target)", en: "\(count) changed to \(target)")
                : spoken(zh: "\(count) 份将变为 \(target)", en: "\(count) would change to \(target)")
        ]
        if !plan.unchanged.isEmpty {
            let count = plan.unchanged.count.grouped
            parts.append(spoken(zh: "\(count) 份原已如此", en: "\(count) had it already"))
        }
        if !plan.refused.isEmpty {
            let count = plan.refused.count.grouped
            parts.append(spoken(zh: "\(count) 份状态不能再变，已略过", en: "\(count) passed over: their status is final"))
        }
        return parts.joined(separator: spoken(zh: "，", en: ", "))
    }

    private func say(_ text: String) {
        if !options.json { print(text) }
    }
}
