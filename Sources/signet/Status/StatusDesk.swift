import Audit
import Credential
import Files
import Installation
import Issuance
import Keyring
import Publishing
import Signing
import Store
import Trust

/// Publishes a home's status lists.
struct StatusDesk {
    let home: Home
    let store: any Store
    private let key: PrivateKey

    /// Fails before anything is changed when lists could not be published afterwards.
    init(_ home: Home, store: any Store, passphrase: Passphrase) throws {
        self.home = home
        self.store = store
        key = try ServiceKey.status.load(home.keyring, trust: home.requiredTrustList(), passphrase: passphrase)
    }

    func publish(all: Bool, days: Int = 7) async throws -> [StatusPublisher.Published] {
        try Folder.create(home.statusPath)
        let publisher = StatusPublisher(
            store: store.forIssuing, key: key, host: home.config.host, folder: home.statusPath, actor: Login.name,
            lifetime: days * 86_400,
            now: Clock.now)
        return try await home.authority(of: store).carryOut(.publishStatus, by: Login.actor()) {
            (try await publisher.publish(all: all), Clock.now())
        }
    }

    static func line(_ list: StatusPublisher.Published) -> String {
        "Published status list \(list.list): \(list.entries.grouped) of \(list.size.grouped) not valid, "
            + "as of \(UTCTime.text(list.issuedAt)), good until \(UTCTime.text(list.expiresAt))."
    }
}
