import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Keyring
import Signing
import Store
import Trust

/// Puts a new key in the place of a service's present one. Stopped after any step and run again it goes on, with the
/// same new key: as long as ``ServiceKey/nextPublicKey(of:)`` is there, something is left to do.
package struct ReplaceServiceKey: Sendable {
    /// Told between the steps.
    package struct Replaced: Sendable {
        package let trustList: Int
        package let old: KeyID
        package let new: KeyID
        package let oldState: TrustList.Key.State?
    }

    private let service: ServiceKey
    private let office: Office
    private let old: PublicKey
    private let isCompromised: Bool
    private let publish: PublishTrustList

    /// - Parameter isCompromised: the old key may be in other hands: nothing by it is believed any more.
    package init(
        _ service: ServiceKey, in office: Office, isCompromised: Bool, days: Int, reason: String
    ) throws {
        guard let old = try service.publicKey(in: office.home.keyring) else {
            throw Refusal(
                .configuration, zh: "还没有\(service.chineseName)密钥",
                en: "there is no \(service.rawValue) key yet", remedy: service.creation)
        }
        (self.service, self.office, self.old, self.isCompromised) = (service, office, old, isCompromised)
        publish = PublishTrustList(in: office, days: days, reason: reason)
    }

    /// - Parameters:
    ///   - last: the latest time that anything by the old key may bear, in seconds since 1970.
    ///   - signAfresh: what takes the place of that which the old key signed.
    package func callAsFunction(
        lastSigned last: Int, algorithm: SignatureAlgorithm, by actor: Actor, passphrase: Passphrase,
        onReplaced: (Replaced) -> Void, signAfresh: () async throws -> Void = {}
    ) async throws {
        let keyring = office.home.keyring
        let new = try await next(algorithm, by: actor, passphrase)
        let list = try await publish(change(end: last + 1), by: actor, passphrase: passphrase)
        // Whoever signs from here on is known to verifiers.
        try service.promoteNext(in: keyring)
        let state = service.entries(of: list)?.first { $0.kid == old.kid.description }?.state
        onReplaced(Replaced(trustList: list.sequence, old: old.kid, new: new.kid, oldState: state))
        try await signAfresh()
        try service.finishNext(in: keyring)
    }

    private func next(_ algorithm: SignatureAlgorithm, by actor: Actor, _ passphrase: Passphrase) async throws
        -> PublicKey
    {
        let keyring = office.home.keyring
        if let begun = try service.nextPublicKey(in: keyring) { return begun }
        let key = try service.createNext(in: keyring, passphrase: passphrase, algorithm)
        try await office.perform(CreateKey(key, .key(key.kid, for: service)), by: actor)
        try service.announceNext(key, in: keyring)
        return key
    }

    private func change(end: Int) -> KeyChange {
        let isCompromised = isCompromised
        return KeyChange(kind: isCompromised ? .keyCompromised : .keyRetired, kid: old.kid, moment: end) { entry in
            entry.to = entry.to ?? end
            if isCompromised {
                // What it signed can be made anew, so there is no need to believe the old.
                (entry.state, entry.compromisedSince) = (.compromised, 0)
            } else if entry.state == .active {
                entry.state = .retired
            }
        }
    }
}
