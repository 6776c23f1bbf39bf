import Credential
import Seal
import SignetServer
import Signing
import StatusList
import Store

/// Answers from a home's store about certificates that are not valid.
struct StoreStatusDetails: StatusDetailsSource {
    private let host: String
    private let keys: PublicKeys
    private let store: any LookupStore

    init(_ home: Home) throws {
        host = home.config.host
        keys = try PublicKeys(home)
        store = try home.openStore().forLookups
    }

    func details(id: [UInt8], version: Int) async throws -> StatusDetails? {
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
        let seal = PreparedSeal(storedPayload: version.payload, key: try keys.key(version.keyID))
            .seal(signature: version.signature)
        return QRText.text(host: host, seal: seal)
    }
}
