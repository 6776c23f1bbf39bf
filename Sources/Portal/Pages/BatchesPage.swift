import Accounts
import Credential
import Hummingbird
import Store

/// The batches whose institutions are one's own, the newest first.
enum BatchesPage {
    private static let pageSize = 30

    static func answer(_ visit: Visit) async throws -> Response {
        let scope = visit.institutions(for: .batchRead)
        let before = visit.request.uri.queryParameters["before"].flatMap { Int64($0) } ?? .max
        let (page, institutions, isMore) = try await visit.portal.store.read { reading in
            let seen = try reading.batches().reversed().filter { batch in
                batch.id.value < before && scope?.contains(batch.institution) != false
            }
            let page = try seen.prefix(pageSize).map { ($0, try reading.progress(of: $0.id)) }
            return (page, try reading.institutions(), seen.count > pageSize)
        }
        let rows = page.map { batch, progress -> [String: Any] in
            [
                "id": batch.id.value, "label": BatchWords.name(batch, institutions, visit),
                "detail": BatchWords.count(progress.sealed, visit) + " · \(batch.awardDate)",
                "state": BatchWords.state(batch, progress, visit),
            ]
        }
        return try visit.page(
            .batches, .batches,
            [
                "batches": rows, "isEmpty": rows.isEmpty, "isMore": isMore,
                "before": page.last.map { "\($0.0.id.value)" } ?? "",
            ])
    }
}

enum BatchWords {
    static func name(_ batch: Batch, _ institutions: [Institution], _ visit: Visit) -> String {
        let name = institutions.first { $0.id == batch.institution }?.name(on: batch.awardDate)
        let number = Catalogue.batch.text("batch", visit.language)
        return "\(number) \(batch.id.value) · \(name ?? batch.institution.description)"
    }

    static func count(_ certificates: Int, _ visit: Visit) -> String {
        "\(certificates) " + Catalogue.batch.text("certificates", visit.language)
    }

    static func state(_ batch: Batch, _ progress: BatchProgress, _ visit: Visit) -> String {
        let words = { (name: String) in Catalogue.batch.text(name, visit.language) }
        return batch.completedAt == nil
            ? "\(words("underWay")) \(progress.sealed)/\(progress.prepared)" : words("complete")
    }

    /// Who approved it, by name where that is an account.
    static func approver(_ batch: Batch, _ accounts: any AccountReading) throws -> String {
        try AccountNewsList.name(batch.approval.actor, accounts)
    }
}
