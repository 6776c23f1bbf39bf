import Accounts
import Credential
import Store

/// What the first page says of sheets, for those who make them and those who approve them.
enum SheetTasks {
    static func of(_ visit: Visit) async throws -> [[String: Any]] {
        let account = try visit.account.id
        let (making, reviewing) = (mine(.sheetEdit, visit), mine(.batchReview, visit))
        let counts = try await visit.portal.store.read { reading -> Counts in
            var counts = Counts()
            if let scope = reviewing.scope {
                let waiting = try reading.submissions(state: .waiting).filter(scope)
                counts.waiting = waiting.count { !$0.contributors.contains(account) }
                counts.oldest = waiting.map(\.submittedAt).min()
                counts.claimed = try reading.submissions(state: .inReview).filter(scope)
                    .count { $0.reviewer == account }
            }
            if let scope = making.scope {
                let drafts = try reading.sheets(of: making.institutions).filter { $0.state == .draft }
                let newest = try drafts.map { try reading.submission(newestOf: $0.id) }
                counts.returned = newest.count { $0.map { $0.state == .returned && scope($0) } ?? false }
                counts.drafts = drafts.count - counts.returned
            }
            return counts
        }
        return counts.tasks(visit)
    }

    /// Nil when somebody may not at all.
    private static func mine(_ act: StaffAct, _ visit: Visit) -> (
        scope: (@Sendable (Submission) -> Bool)?, institutions: [InstitutionID]?
    ) {
        guard case .allowed = visit.signedIn?.decide(act, time: visit.time) else { return (nil, []) }
        let institutions = visit.institutions(for: act)
        return ({ institutions?.contains($0.institution) ?? true }, institutions)
    }

    private struct Counts: Sendable {
        var (waiting, claimed, returned, drafts) = (0, 0, 0, 0)
        var oldest: Int?

        func tasks(_ visit: Visit) -> [[String: Any]] {
            let words = { (name: String) in Catalogue.home.text(name, visit.language) }
            let all = [
                (claimed, "claimed", "/reviews"), (waiting, "waiting", "/reviews"), (returned, "returned", "/sheets"),
                (drafts, "drafts", "/sheets"),
            ]
            return all.filter { $0.0 > 0 }.map { count, name, href in
                var detail = "\(count) \(words(name + "Detail"))"
                if name == "waiting", let oldest {
                    detail += words("oldest") + "\((visit.time - oldest) / 86_400)" + words("days")
                }
                return ["href": href, "label": words(name), "detail": detail]
            }
        }
    }
}
