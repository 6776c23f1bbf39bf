import Credential
import Lookup
import Synchronization

/// Sessions as a store keeps them.
final class SessionTable: Sendable {
    private let sessions = Mutex<[[UInt8]: (certificate: CertificateKey, end: Int)]>([:])

    func begin(_ digest: [UInt8], of certificate: CertificateKey, until end: Int) {
        sessions.withLock { $0[digest] = (certificate, end) }
    }

    func certificate(_ digest: [UInt8], at time: Int) -> CertificateKey? {
        sessions.withLock { $0[digest].flatMap { time < $0.end ? $0.certificate : nil } }
    }

    func endAll() { sessions.withLock { $0 = [:] } }
}

/// A source of holders with its sessions in such a table.
protocol SessionKeeper: HolderSource {
    var sessions: SessionTable { get }
}

extension SessionKeeper {
    func begin(session digest: [UInt8], of certificate: CertificateKey, from time: Int, until end: Int) async throws {
        sessions.begin(digest, of: certificate, until: end)
    }

    func certificate(session digest: [UInt8], at time: Int) async throws -> CertificateKey? {
        sessions.certificate(digest, at: time)
    }
}
