import Store

extension LossyStore.Transaction {
    func apiKeys() throws -> [APIKeyRecord] { try base.apiKeys() }
    func apiKey(digest: [UInt8]) throws -> APIKeyRecord? { try base.apiKey(digest: digest) }
    func insert(_ key: APIKeyRecord) throws { try base.insert(key) }
    func expireAPIKey(_ id: String, at time: Int) throws { try base.expireAPIKey(id, at: time) }
    func revokeAPIKey(_ id: String, at time: Int) throws { try base.revokeAPIKey(id, at: time) }
}
