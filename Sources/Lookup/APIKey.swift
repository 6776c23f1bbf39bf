import Credential
import Store

/// What a key allows.
package enum APIScope: String, Sendable, CaseIterable {
    /// Bulk verifications by the key's own limit.
    case verify
    /// Also rows with a number alone.
    case lookup
}

package struct APIKey: Sendable {
    package static let prefix = "signet_"

    package let id: String
    package let scopes: Set<APIScope>
    package let perMinute: Int

    package init(id: String, scopes: Set<APIScope>, perMinute: Int) {
        self.id = id
        self.scopes = scopes
        self.perMinute = perMinute
    }
}

/// Where keys are known by their digests.
package protocol APIKeySource: Sendable {
    /// Nil for one that is unknown, over or revoked.
    func key(digest: [UInt8]) async throws -> APIKey?
}

/// A store's keys, as the server asks for them. Revoked is revoked at once: nothing is kept in memory.
package struct StoreAPIKeys: APIKeySource {
    private let store: any LookupStore

    package init(_ store: any LookupStore) { self.store = store }

    package func key(digest: [UInt8]) async throws -> APIKey? {
        guard let record = try await store.read({ try $0.apiKey(digest: digest) }), record.isGood(at: Clock.now())
        else {
            return nil
        }
        return APIKey(
            id: record.id, scopes: Set(record.scopes.compactMap(APIScope.init(rawValue:))), perMinute: record.perMinute)
    }
}
