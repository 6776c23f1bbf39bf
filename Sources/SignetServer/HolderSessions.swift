import Credential
import Encodings
import HTTPSupport
import Signing
import Synchronization

/// Who has shown a passphrase lately. In memory only: a restarted server asks again.
final class HolderSessions: Sendable {
    static let seconds = 900
    private static let mostSessions = 10_000

    private struct Session {
        let certificate: CertificateKey
        let end: Double
    }

    private let sessions = Mutex<[[UInt8]: Session]>([:])

    /// - Returns: the token of a new session.
    func begin(_ certificate: CertificateKey, now: Double) throws -> String {
        let token = Base64URL.encode(try SecureRandom.bytes(32))
        let digest = try SHA256.digest(token.utf8)
        try sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.end > now }
            guard sessions.count < Self.mostSessions else { throw Problem.busy }
            sessions[digest] = Session(certificate: certificate, end: now + Double(Self.seconds))
        }
        return token
    }

    /// Found by the digest, so that the time tells nothing of the token.
    func certificate(token: some StringProtocol, now: Double) throws -> CertificateKey? {
        let digest = try SHA256.digest(token.utf8)
        return sessions.withLock { $0[digest].flatMap { $0.end > now ? $0.certificate : nil } }
    }

    /// Of whoever was let in before.
    func endAll(of certificate: CertificateKey) {
        sessions.withLock { sessions in sessions = sessions.filter { $0.value.certificate != certificate } }
    }
}
