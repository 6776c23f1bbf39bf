import Credential
import Seal
import Signing
import StatusList
import Store
import Trust

/// Why a certificate is not valid any more, beyond what its status list says.
package struct StatusDetails: Sendable {
    package let status: CertificateStatus
    package let reason: StatusReason
    /// Seconds since 1970.
    package let since: Int
    /// QR text of the newest version; nil unless this one was superseded.
    package let successor: String?

    package init(status: CertificateStatus, reason: StatusReason, since: Int, successor: String?) {
        self.status = status
        self.reason = reason
        self.since = since
        self.successor = successor
    }
}

/// What a server asks that stands beside the store.
package protocol StatusDetailsSource: Sendable {
    /// Nil for what is valid or not there: the two must look the same.
    ///
    /// - Parameter id: 16 bytes that only who holds the certificate can know.
    func details(id: [UInt8], version: Int) async throws -> StatusDetails?
}

/// Answers from a store about certificates that are not valid.
package struct StoreStatusDetails: StatusDetailsSource {
    private let host: String
    private let keys: PublicKeys
    private let store: any LookupStore

    package init(_ store: any LookupStore, keys: PublicKeys, host: String) {
        (self.store, self.keys, self.host) = (store, keys, host)
    }

    package func details(id: [UInt8], version: Int) async throws -> StatusDetails? {
        let found = try await store.read { store -> (StatusEntry, SealedVersion?)? in
            guard let entry = try store.statusEntry(certificateID: id, version: version) else { return nil }
            guard entry.status == .superseded else { return (entry, nil) }
            return (entry, try store.newestVersion(ofCertificate: entry.key.certificate))
        }
        guard let (entry, successor) = found else { return nil }
        return StatusDetails(
            status: entry.status, reason: entry.act.reason, since: entry.act.time,
            successor: try successor.map(qrText))
    }

    private func qrText(_ version: SealedVersion) throws -> String {
        try version.qrText(host: host, key: keys.key(version.keyID))
    }
}
