import Acts
import ArgumentParser
import Audit
import Credential
import Errors
import Glibc
import Store

/// How the approval of a batch is given: by a person's answer, by --yes, or by naming its digest.
struct BatchApprover {
    private let yes: Bool
    private let digests: Set<String>
    private let actor: String
    private let reason: String

    /// Who acts on it.
    var signer: Actor { Login.actor(actor) }

    init(yes: Bool, digests: [String], actor: String?, reason: String) throws {
        self.yes = yes
        self.digests = Set(digests.map { $0.lowercased() })
        self.actor = actor ?? Login.name
        self.reason = reason
    }

    /// Nil when it is not given.
    ///
    /// - Parameter question: to the person at the terminal.
    func approval(of proposal: Proposal, question: String) throws -> Approval? {
        let digest = proposal.name
        if !digests.isEmpty {
            guard digests.contains(digest) else { return nil }
        } else if !yes {
            guard isatty(STDIN_FILENO) == 1 else {
                throw Refusal(
                    .usage, zh: "没有人在场批准；请给出 --yes，或用 --approve \(digest) 只批准这份内容",
                    en: "nobody is there to approve; give --yes, or --approve \(digest) for exactly this content")
            }
            Terminal.standardError.write("\(question) [y/N] ")
            guard ["y", "yes", "是"].contains((readLine() ?? "").lowercased()) else { return nil }
        }
        return Approval(actor: actor, reason: reason, time: Clock.now())
    }
}

/// How somebody approves at a command.
struct ApprovalOptions: ParsableArguments {
    @Flag(help: "Approve without asking.") var yes = false
    @Option(help: "Approve only what has this digest; may be repeated.") var approve: [String] = []
    @Option(help: "Who approves; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = ""

    func approver() throws -> BatchApprover {
        try BatchApprover(yes: yes, digests: approve, actor: actor, reason: reason)
    }
}
