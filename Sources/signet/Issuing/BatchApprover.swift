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
    private let evidence: EvidenceOptions
    private let office: Office

    /// Who acts on it.
    var signer: Actor { Login.actor(actor) }

    init(
        yes: Bool, digests: [String], actor: String?, reason: String, evidence: EvidenceOptions, office: Office
    ) {
        (self.evidence, self.office, self.yes) = (evidence, office, yes)
        self.digests = Set(digests.map { $0.lowercased() })
        self.actor = actor ?? Login.name
        self.reason = reason
    }

    /// Nil when it is not given.
    ///
    /// - Parameters:
    ///   - institution: whose batch it is.
    ///   - question: to the person at the terminal.
    func approval(
        of proposal: Proposal, _ institution: InstitutionID, question: String
    ) async throws -> GivenApproval? {
        if try evidence.decides(in: office) {
            let actor = try await evidence.actor(for: proposal, of: institution, in: office, named: actor)
            return actor.map {
                GivenApproval(Approval(actor: $0.name, reason: reason, time: Clock.now()), by: $0)
            }
        }
        guard try isApproved(proposal.name, question) else { return nil }
        return GivenApproval(Approval(actor: actor, reason: reason, time: Clock.now()), by: signer)
    }

    private func isApproved(_ digest: String, _ question: String) throws -> Bool {
        if !digests.isEmpty {
            return digests.contains(digest)
        } else if !yes {
            guard isatty(STDIN_FILENO) == 1 else {
                throw Refusal(
                    .usage, zh: "没有人在场批准；请给出 --yes，或用 --approve \(digest) 只批准这份内容",
                    en: "nobody is there to approve; give --yes, or --approve \(digest) for exactly this content")
            }
            Terminal.standardError.write("\(question) [y/N] ")
            return ["y", "yes", "是"].contains((readLine() ?? "").lowercased())
        }
        return true
    }
}

/// How somebody approves at a command.
struct ApprovalOptions: ParsableArguments {
    @Flag(help: "Approve without asking.") var yes = false
    @Option(help: "Approve only what has this digest; may be repeated.") var approve: [String] = []
    @Option(help: "Who approves; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = ""
    @OptionGroup var evidence: EvidenceOptions

    func approver(in office: Office) -> BatchApprover {
        BatchApprover(
            yes: yes, digests: approve, actor: actor, reason: reason, evidence: evidence, office: office)
    }
}
