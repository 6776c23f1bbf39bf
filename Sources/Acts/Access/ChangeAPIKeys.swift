import Audit
import AuditLog
import Errors
import Store

/// Gives somebody a key of the API.
package struct CreateAPIKey: Act {
    private let key: APIKeyRecord

    package init(_ key: APIKeyRecord) { self.key = key }

    package var permission: Permission { .changeAPIKeys }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.append(.apiKey(key, .apiKeyCreated, by: actor, at: time))
        try transaction.insert(key)
    }
}

/// Gives a key a successor, and ends it after an overlap.
package struct RotateAPIKey: Act {
    private let id: String
    private let successor: APIKeyRecord
    private let overlap: Int

    /// - Parameter overlap: seconds in which both are good.
    package init(_ id: String, successor: APIKeyRecord, overlap: Int) {
        (self.id, self.successor, self.overlap) = (id, successor, overlap)
    }

    package var permission: Permission { .changeAPIKeys }

    /// - Returns: when the old one ends, in seconds since 1970.
    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> Int {
        let old = try transaction.requiredAPIKey(id)
        guard old.isGood(at: time) else {
            throw Refusal(
                .refused, zh: "接口密钥 \(id) 已经失效，请另发一个", en: "key \(id) is not active any more; make a new one",
                remedy: .createAPIKey)
        }
        let end = min(time + overlap, old.expiresAt ?? .max)
        try transaction.append(.apiKey(successor, .apiKeyCreated, by: actor, at: time))
        try transaction.append(.apiKey(old, .apiKeyEnded, by: actor, at: time))
        try transaction.insert(successor)
        try transaction.expireAPIKey(id, at: end)
        return end
    }
}

/// Ends a key at once.
package struct RevokeAPIKey: Act {
    private let id: String

    package init(_ id: String) { self.id = id }

    package var permission: Permission { .changeAPIKeys }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        let key = try transaction.requiredAPIKey(id)
        try transaction.append(.apiKey(key, .apiKeyEnded, by: actor, at: time))
        try transaction.revokeAPIKey(id, at: time)
    }
}

extension APIKeyReading {
    package func requiredAPIKey(_ id: String) throws -> APIKeyRecord {
        guard let key = try apiKeys().first(where: { $0.id == id }) else {
            throw Refusal(
                .missing, zh: "没有接口密钥 \(id)", en: "there is no API key \(id)", remedy: .listAPIKeys)
        }
        return key
    }
}

extension AuditAct {
    fileprivate static func apiKey(_ key: APIKeyRecord, _ kind: Kind, by actor: Actor, at time: Int) -> AuditAct {
        AuditAct(kind, actor: actor.name, subject: [.apiKey: .text(key.id)], digest: key.digest, time: time)
    }
}
