import Credential
import Glibc
import Issuance
import Results
import Store

/// How the approval of a batch is given: by a person's answer, by --yes, or by naming its digest.
struct BatchApprover {
    private let yes: Bool
    private let digests: Set<String>
    private let actor: String
    private let reason: String

    init(yes: Bool, digests: [String], actor: String?, reason: String) throws {
        self.yes = yes
        self.digests = Set(digests.map { $0.lowercased() })
        self.actor = actor ?? Login.name
        self.reason = reason
    }

    /// Nil when it is not given.
    func approval(of plan: BatchPlan, awardDate: CalendarDate) throws -> Approval? {
        let digest = Hex.encode(plan.digest)
        if !digests.isEmpty {
            guard digests.contains(digest) else { return nil }
        } else if !yes {
            guard isatty(STDIN_FILENO) == 1 else {
                throw CommandFailure(
                    .usage, "nobody is there to approve; give --yes, or --approve \(digest) for exactly this content")
            }
            let count = plan.bins[.issued].grouped
            Terminal.standardError.write("Sign \(count) certificates dated \(awardDate)? [y/N] ")
            guard ["y", "yes", "是"].contains((readLine() ?? "").lowercased()) else { return nil }
        }
        return Approval(actor: actor, reason: reason, time: Clock.now())
    }
}

enum Login {
    static var name: String {
        guard let entry = getpwuid(getuid()) else { return "uid \(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}
