import Hummingbird
import Verification

/// How old the served status lists are, for monitors: past its days a list makes every answer "could not check".
struct StatusHealth: Sendable {
    /// From here on `/readyz` says how long is left.
    private static let warningSeconds = 86_400

    let status: PublishedStatus
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
    /// - Throws: ``Problem/statusListExpired`` when one is past its days.
    func warnings() throws -> [String] {
        let ages = ages
        guard ages.allSatisfy({ $0.left ?? 0 >= 0 }) else { throw Problem.statusListExpired }
        return ages.compactMap { age in
            guard let left = age.left, left < Self.warningSeconds else { return nil }
            return "status list \(age.list) is good for \(left) s more; run: signet status publish"
        }
    }

    /// For `/metrics`.
    var exposition: String {
        let ages = ages
        var lines = [
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
}
