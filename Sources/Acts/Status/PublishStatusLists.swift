import Audit
import Credential
import Files
import HomeFolder
import Keyring
import Publishing
import Signing
import Store

/// Signs status lists afresh and publishes them.
package struct PublishStatusLists: Sendable {
    /// For how many days a list is good unless told otherwise.
    package static let usualDays = 7

    private let office: Office
    private let key: PrivateKey

    /// Fails before anything is changed when lists could not be published afterwards.
    package init(in office: Office, passphrase: Passphrase) throws {
        self.office = office
        key = try ServiceKey.status.load(
            office.home.keyring, trust: office.home.requiredTrustList(), passphrase: passphrase)
    }

    /// - Parameter all: whether lists are published that did not change, too.
    package func callAsFunction(
        all: Bool, days: Int = usualDays, by actor: Actor
    ) async throws -> [StatusPublisher.Published] {
        let home = office.home
        try Folder.create(home.statusPath)
        let publisher = StatusPublisher(
            store: office.store.forIssuing, key: key, host: home.config.host, folder: home.statusPath,
            actor: actor.name, lifetime: days * 86_400, now: Clock.now)
        return try await office.carryOut(.publishStatus, by: actor) { try await publisher.publish(all: all) }
    }
}
