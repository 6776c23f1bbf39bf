import Encodings
import Lookup
import Signing
import Store

/// A key of the API, shown once: only its digest is kept.
package struct NewAPIKey: Sendable {
    package let record: APIKeyRecord
    /// A prefix by which leaked keys are found, and 32 random bytes.
    package let key: String

    package init(name: String, scopes: Set<String>, perMinute: Int, now: Int, expiresAt: Int) throws {
        key = APIKey.prefix + Base64URL.encode(try SecureRandom.bytes(32))
        record = APIKeyRecord(
            id: Hex.encode(try SecureRandom.bytes(4)), digest: try SHA256.digest(key.utf8), name: name,
            scopes: Array(scopes), perMinute: perMinute, createdAt: now, expiresAt: expiresAt)
    }
}
