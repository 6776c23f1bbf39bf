/// Who may use the service beyond what strangers may. The key itself is shown once and kept by nobody here.
package struct APIKeyRecord: Hashable, Sendable {
    /// Public, to speak about the key: 8 hexadecimal digits.
    package let id: String
    /// SHA-256 of the key. That is enough against guessing, as keys are random and long.
    package let digest: [UInt8]
    /// Whose it is.
    package let name: String
    /// Sorted.
    package let scopes: [String]
    /// Requests a minute.
    package let perMinute: Int
    /// Seconds since 1970, as all instants here.
    package let createdAt: Int
    package let expiresAt: Int?
    package let revokedAt: Int?

    package init(
        id: String, digest: [UInt8], name: String, scopes: [String], perMinute: Int, createdAt: Int, expiresAt: Int?,
        revokedAt: Int? = nil
    ) {
        self.id = id
        self.digest = digest
        self.name = name
        self.scopes = scopes.sorted()
        self.perMinute = perMinute
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    package func isGood(at instant: Int) -> Bool { revokedAt == nil && expiresAt.map { instant < $0 } ?? true }
}

package protocol APIKeyReading {
    /// In the order in which they were made.
    func apiKeys() throws -> [APIKeyRecord]
    func apiKey(digest: [UInt8]) throws -> APIKeyRecord?
}

package protocol APIKeyWriting: APIKeyReading {
    /// An id or digest that is there already is a ``StoreError/Code/conflict``.
    func insert(_ key: APIKeyRecord) throws
    /// Only ever brings the end nearer; a later one is a conflict, an unknown key ``StoreError/Code/notFound``.
    func expireAPIKey(_ id: String, at time: Int) throws
    /// Final. A key that is revoked already stays as it is; an unknown one is ``StoreError/Code/notFound``.
    func revokeAPIKey(_ id: String, at time: Int) throws
}
