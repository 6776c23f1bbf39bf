import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Errors
import Installation
import Keyring
import Signing
import Store
import StoreSQLite
import Trust

/// What the commands that replace a service's key have in common.
struct ReplacementOptions: ParsableArguments {
    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Flag(help: "The old key may be in other hands: nothing by it is believed any more.") var compromised = false
    @Option(help: "ES256 (default), EdDSA or SM2.") var algorithm: AlgorithmName = .es256
    @Option(help: "Days after which verifiers take the trust list for stale.") var days = TrustPublisher.usualDays
    @Option(help: "Who decides; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason: String

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be between 1 and 3650") }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ValidationError("--reason is empty; say why") }
    }
}

/// Puts a new key in the place of a service's present one. Stopped after any step and run again it goes on, with the
/// same new key: as long as ``ServiceKey/nextPublicKey(of:)`` is there, something is left to do.
struct KeyReplacement {
    let service: ServiceKey
    let options: ReplacementOptions
    let home: Home
    let store: SQLiteStore
    let passphrase: Passphrase
    private let old: PublicKey

    init(_ service: ServiceKey, _ options: ReplacementOptions) async throws {
        home = try options.home.open()
        store = try await home.openStoreToAct()
        guard let old = try service.publicKey(in: home.keyring) else {
            throw Refusal(
                .configuration, "there is no \(service.rawValue) key yet", remedy: service.creation)
        }
        passphrase = try options.passphrase.passphrase()
        (self.service, self.options, self.old) = (service, options, old)
    }

    /// - Parameters:
    ///   - last: the latest time that anything by the old key may bear, in seconds since 1970.
    ///   - signAfresh: what takes the place of that which the old key signed.
    func run(lastSigned last: Int, signAfresh: () async throws -> Void = {}) async throws {
        let new = try await next()
        let list = try await publish(end: last + 1)
        // Whoever signs from here on is known to verifiers.
        try service.promoteNext(in: home.keyring)
        let state = service.entries(of: list)?.first { $0.kid == old.kid.description }?.state
        print(
            "Published trust list \(list.sequence): \(service.purpose) are signed with \(new.kid); "
                + "\(old.kid) is \(state?.rawValue ?? "gone").")
        try await signAfresh()
        try service.finishNext(in: home.keyring)
    }

    private func next() async throws -> PublicKey {
        if let begun = try service.nextPublicKey(in: home.keyring) { return begun }
        let key = try service.createNext(in: home.keyring, passphrase: passphrase, options.algorithm.algorithm)
        try await home.authority(of: store).perform(
            CreateKey(key, .key(key.kid, for: service)), in: store, by: Login.actor(options.actor), at: Clock.now())
        try service.announceNext(key, in: home.keyring)
        return key
    }

    private func publish(end: Int) async throws -> TrustList {
        let isCompromised = options.compromised
        return try await TrustPublisher(
            home: home, store: store.forAdministration, days: options.days, actor: options.actor ?? Login.name,
            reason: options.reason
        ).publish(
            .init(kind: isCompromised ? .keyCompromised : .keyRetired, kid: old.kid) { entry in
                entry.to = entry.to ?? end
                if isCompromised {
                    // What it signed can be made anew, so there is no need to believe the old.
                    (entry.state, entry.compromisedSince) = (.compromised, 0)
                } else if entry.state == .active {
                    entry.state = .retired
                }
            }, passphrase: passphrase)
    }
}
