import Audit
import AuditLog
import Credential
import Files
import HomeFolder
import Keyring
import Signing
import Store

/// Writes down that a key was made: before its public part is kept, which is what makes it known.
package struct CreateKey: Act {
    private let key: PublicKey
    private let subject: AuditSubject

    /// - Parameter subject: the key, and whose or what for.
    package init(_ key: PublicKey, _ subject: AuditSubject) { (self.key, self.subject) = (key, subject) }

    package var permission: Permission { .changeKeys }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.append(
            AuditAct(
                .keyCreated, actor: actor.name, subject: subject, digest: SHA256.digest(key.spki), time: time))
    }
}

/// Makes keys, each on record before anybody knows it.
package struct CreateKeys: Sendable {
    private let office: Office
    private let algorithm: SignatureAlgorithm

    package init(in office: Office, _ algorithm: SignatureAlgorithm) {
        (self.office, self.algorithm) = (office, algorithm)
    }

    /// - Parameter place: in a hardware module, which has made the key and keeps it.
    package func callAsFunction(
        for institution: InstitutionID, in place: HSMKeyPlace?, pin: @autoclosure () throws -> Passphrase,
        passphrase: Passphrase, by actor: Actor
    ) async throws -> (entry: Keyring.Entry, algorithm: SignatureAlgorithm) {
        let keyring = office.home.keyring
        let key = try place?.load(pin: pin()) ?? PrivateKey.generate(algorithm)
        try await office.perform(
            CreateKey(
                key.publicKey, [.key: .text("\(key.publicKey.kid)"), .institution: .text("\(institution)")]),
            by: actor)
        let entry =
            try place.map { try keyring.save($0, of: key.publicKey, for: institution) }
            ?? keyring.save(key, for: institution, passphrase: passphrase)
        return (entry, key.algorithm)
    }

    package func callAsFunction(for service: ServiceKey, passphrase: Passphrase, by actor: Actor) async throws {
        try Folder.create(office.home.statusPath)
        let key = try service.create(passphrase: passphrase, keysFolder: office.home.keysPath, algorithm)
        try await office.perform(CreateKey(key, .key(key.kid, for: service)), by: actor)
    }
}
