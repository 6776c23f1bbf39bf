import Accounts
import Errors

/// How signing stands, as the first page tells it.
package struct SigningState: Sendable {
    package enum Keys: Sendable { case open, locked, unreachable }

    package let keys: Keys
    /// Whether this very process signs, as on one school's own machine.
    package let isWithin: Bool
    /// Approvals of which nothing became yet.
    package let waiting: Int
    /// Why some of them wait.
    package let problem: BilingualText?

    package init(_ keys: Keys, isWithin: Bool, waiting: Int = 0, problem: BilingualText? = nil) {
        (self.keys, self.isWithin, self.waiting, self.problem) = (keys, isWithin, waiting, problem)
    }

    /// Everybody is told who signs; what stands still, those who can do something about it.
    func notices(_ visit: Visit) -> [[String: Any]] {
        let words = { (name: String) in Catalogue.home.text(name, visit.language) }
        var notices = isWithin ? [words("signsHere")] : []
        let roles = visit.signedIn?.heldRoles ?? []
        guard roles.contains(.officer) || roles.contains(.administrator) else { return notices.map { ["text": $0] } }
        let count = waiting > 0 ? words("approvalsWait") + "\(waiting)" : ""
        switch keys {
        case .open: break
        case .locked: notices.append(words("signerLocked") + count)
        case .unreachable: notices.append(words("signerAway") + count)
        }
        if let problem { notices.append(words("signerProblem") + visit.language.of(problem)) }
        return notices.map { ["text": $0] }
    }
}
