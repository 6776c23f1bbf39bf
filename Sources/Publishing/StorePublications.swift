import StatusList
import Store
import Verification

extension Store {
    /// What was published, by the store's own records.
    package func publications(host: String) async throws -> SeenPublications {
        try await read { store in
            var times: [String: Int] = [:]
            for list in try store.statusLists() {
                times[StatusListURI.text(host: host, list: list.id)] = list.publishedAt
            }
            return SeenPublications(
                trustList: .init(sequence: try store.lastTrustListSequence()), statusLists: times)
        }
    }
}
