import Credential
import Encodings
import Lookup
import Signing

/// Who has shown a passphrase lately. Kept where the certificates are, so that any server goes on with a session.
struct HolderSessions: Sendable {
    static let seconds = 900

    let source: any HolderSource

    /// - Parameter now: seconds since 1970.
    /// - Returns: the token of a new session.
    func begin(_ certificate: CertificateKey, now: Int) async throws -> String {
        let token = Base64URL.encode(try SecureRandom.bytes(32))
        try await source.begin(
            session: SHA256.digest(token.utf8), of: certificate, from: now, until: now + Self.seconds)
        return token
    }

    /// Found by the digest, so that the time tells nothing of the token.
    func certificate(token: some StringProtocol, now: Int) async throws -> CertificateKey? {
        try await source.certificate(session: SHA256.digest(token.utf8), at: now)
    }
}
