import Credential
import Seal
import SignetServer
import Signing
import StatusList
import Store

/// Answers from a home's store about certificates that are not valid.
struct StoreStatusDetails: StatusDetailsSource {
    let home: Home
    let store: any Store

    func details(id: [UInt8], version: Int) async throws -> StatusDetails? {
        let found = try await store.read { store -> (StatusEntry, SealedVersion?)? in
            guard let entry = try store.statusEntry(certificateID: id, version: version) else { return nil }
            guard entry.status == .superseded else { return (entry, nil) }
            return (entry, try store.newestVersion(ofCertificate: entry.key.certificate))
        }
        guard let (entry, successor) = found else { return nil }
        return StatusDetails(
            status: entry.status, reason: entry.act.reason, since: entry.act.time,
            successor: try successor.flatMap(qrText))
    }

    private func qrText(_ version: SealedVersion) throws -> String? {
        guard let key = try KeyStore(home).entries().first(where: { $0.publicKey.kid.bytes == version.keyID }) else {
            return nil
        }
        let seal = PreparedSeal(storedPayload: version.payload, key: key.publicKey).seal(signature: version.signature)
        return QRText.text(host: home.config.host, seal: seal)
    }
}
