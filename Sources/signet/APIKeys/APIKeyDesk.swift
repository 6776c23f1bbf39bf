import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Installation
import Issuance
import Lookup
import Signing
import Store

/// Changes API keys, and writes down who did.
struct APIKeyDesk {
    private let home: Home
    private let store: any AdministrationStore

    init(_ home: Home) async throws {
        self.home = home
        store = try await home.openStoreToAct().forAdministration
    }

    /// An act on one key.
    struct Act {
        enum Kind { case created, ended }

        let kind: Kind
        let id: String
        let digest: [UInt8]

        init(_ kind: Kind, _ id: String, _ digest: [UInt8]) {
            (self.kind, self.id, self.digest) = (kind, id, digest)
        }
    }

    func key(_ id: String) async throws -> APIKeyRecord {
        guard let key = try await store.read({ try $0.apiKeys() }).first(where: { $0.id == id }) else {
            throw Refusal(.missing, "there is no API key \(id); see: signet api-keys list")
        }
        return key
    }

    /// The change and its record: both, or neither.
    func write(_ acts: [Act], at time: Int, _ change: @escaping @Sendable (any AdministrationWriting) throws -> Void)
        async throws
    {
        let entries = acts.map {
            AuditAct(
                $0.kind == .created ? .apiKeyCreated : .apiKeyEnded, actor: Login.name,
                subject: [.apiKey: .text($0.id)],
                digest: $0.digest, time: time)
        }
        try await store.write { transaction in
            for entry in entries { try transaction.append(entry) }
            try change(transaction)
        }
        try await home.trail(of: store.forAudits).keepCheckpoint(at: time)
    }

    /// - Returns: what is kept, and the key itself: a prefix by which leaked keys are found, and 32 random bytes.
    static func newKey(
        name: String, scopes: Set<String>, perMinute: Int, now: Int, expiresAt: Int
    ) throws -> (APIKeyRecord, String) {
        let key = APIKey.prefix + Base64URL.encode(try SecureRandom.bytes(32))
        let record = APIKeyRecord(
            id: Hex.encode(try SecureRandom.bytes(4)), digest: try SHA256.digest(key.utf8), name: name,
            scopes: Array(scopes), perMinute: perMinute, createdAt: now, expiresAt: expiresAt)
        return (record, key)
    }
}
