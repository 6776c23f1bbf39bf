import Credential
import Results

/// results.md, 7: the institution's own list of its students, by which names are compared.
package struct Roster: Sendable {
    private let names: [String: String]

    /// - Parameter entries: document numbers and names as the roster has them.
    package init(_ entries: [(number: String, name: String)]) {
        names = Dictionary(entries.map { ($0.number, $0.name) }) { first, _ in first }
    }

    /// What to remark about a result; nil when the roster agrees. Names are never converted.
    func find(_ result: ExamResult) -> Rule? {
        guard let name = names[result.document.number] else { return .notOnRoster }
        return name == result.name ? nil : .nameDiffersFromRoster
    }
}
