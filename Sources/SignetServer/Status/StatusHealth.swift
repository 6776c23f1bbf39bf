import HTTPSupport
import Hummingbird
import Publishing
import Trust
import Verification

/// How old the served trust list and status lists are, for monitors: past its days each makes every answer "could not
/// check".
struct StatusHealth: Sendable {
    /// From here on `/readyz` says how long is left.
    private static let warningSeconds = 86_400
    /// Of the trust list, whose root key may be in a safe.
    private static let trustWarningSeconds = 4 * 86_400

    let status: PublishedStatus
    let trust: PublishedTrust
    let now: @Sendable () -> Int

    private struct Age {
        let list: Int
        let seconds: Int
        /// Negative once it is past; nil for a list without an end.
        let left: Int?
    }

    private var ages: [Age] {
        let now = now()
        return status.snapshot.lists.sorted { $0.key < $1.key }.map { number, list in
            Age(list: number, seconds: now - list.verified.issuedAt, left: list.verified.expiresAt.map { $0 - now })
        }
    }

    /// For `/readyz`: a line for each list that must be published soon.
    ///
    /// - Throws: ``Problem/unavailable``, ``Problem/trustListRolledBack``, ``Problem/statusListExpired``.
    func warnings() throws -> [String] {
        try trustWarnings() + statusWarnings()
    }

    private func trustWarnings() throws -> [String] {
        switch trust.snapshot.source.notOlder(than: status.snapshot.source.leastTrustList) {
        case .rolledBack: throw Problem.trustListRolledBack
        case .list(let list):
            let left = list.list.nextUpdate - now()
            guard left >= 0 else { throw Problem.unavailable }
            guard left < Self.trustWarningSeconds else { return [] }
            return ["trust list \(list.list.sequence) is good for \(left) s more; publish a new one"]
        case .unavailable, .invalid: throw Problem.unavailable
        }
    }

    private func statusWarnings() throws -> [String] {
        let ages = ages
        guard ages.allSatisfy({ $0.left ?? 0 >= 0 }) else { throw Problem.statusListExpired }
        return ages.compactMap { age in
            guard let left = age.left, left < Self.warningSeconds else { return nil }
            return "status list \(age.list) is good for \(left) s more; publish it again"
        }
    }

    /// For `/metrics`.
    var exposition: String {
        let ages = ages
        var lines = trustExposition
        lines += [
            "# HELP signet_status_list_age_seconds Since the list was published.",
            "# TYPE signet_status_list_age_seconds gauge",
        ]
        lines += ages.map { "signet_status_list_age_seconds{list=\"\($0.list)\"} \($0.seconds)" }
        lines += [
            "# HELP signet_status_list_expires_seconds Until the list may not be relied on; negative when past.",
            "# TYPE signet_status_list_expires_seconds gauge",
        ]
        for age in ages {
            guard let left = age.left else { continue }
            lines.append("signet_status_list_expires_seconds{list=\"\(age.list)\"} \(left)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var trustExposition: [String] {
        guard case .list(let list) = trust.snapshot.source else { return [] }
        return [
            "# HELP signet_trust_list_sequence Of the trust list that is served.",
            "# TYPE signet_trust_list_sequence gauge",
            "signet_trust_list_sequence \(list.list.sequence)",
            "# HELP signet_trust_list_age_seconds Since the trust list was published.",
            "# TYPE signet_trust_list_age_seconds gauge",
            "signet_trust_list_age_seconds \(now() - list.list.iat)",
            "# HELP signet_trust_list_expires_seconds Until the trust list may not be relied on; negative when past.",
            "# TYPE signet_trust_list_expires_seconds gauge",
            "signet_trust_list_expires_seconds \(list.list.nextUpdate - now())",
        ]
    }
}
