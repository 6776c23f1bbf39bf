import Credential
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
