import Errors
import Signing
import Store
import WebAuthn

/// Asks browsers for passkeys, and takes their answers. What it asked is kept in the store and spent once, before anything
/// of the answer is looked at.
package struct PasskeyDesk: Sendable {
    /// Tries at once, and seconds until the next, of one client.
    private static let (mostTries, trySeconds) = (10, 60)
    private static let (mostQuestions, questionSeconds) = (60, 5)

    private let store: any AccountStore
    package let party: RelyingParty

    package init(_ store: any AccountStore, party: RelyingParty) { (self.store, self.party) = (store, party) }

    /// - Parameter browser: the secret of the browser's cookie.
    package func beginRegistration(of account: Account, in browser: String, at time: Int) async throws
        -> CreationOptions
    {
        let challenge = try await ask(.enrol, browser, account.id, at: time)
        let passkeys = try await store.read { try $0.passkeys(of: account.id) }
        return CreationOptions(
            party, challenge: challenge, userHandle: account.handle, name: account.name,
            excluding: passkeys.map(\.id))
    }

    /// - Parameter client: from where, for counting tries: each leaves a row behind for five minutes.
    package func beginSignIn(in browser: String, from client: String, at time: Int) async throws -> RequestOptions {
        let isAllowed = try await store.write {
            try $0.takeAllowance("ask \(client)", most: Self.mostQuestions, seconds: Self.questionSeconds, at: time)
        }
        guard isAllowed else { throw AccountError.tooManyTries }
        return RequestOptions(party, challenge: try await ask(.signIn, browser, nil, at: time))
    }

    /// - Returns: the passkey that the account may keep.
    package func register(
        _ response: RegistrationResponse, for account: Account, label: String, in browser: String, at time: Int
    ) async throws -> Passkey {
        let asked = try await spend(.enrol, browser, at: time)
        guard asked.account == account.id else { throw AccountError.ceremonyOver }
        let new = try party.verify(response, challenge: asked.challenge)
        guard try await store.read({ try $0.passkey(id: new.id) }) == nil else { throw AccountError.passkeyTaken }
        return Passkey(
            id: new.id, account: account.id, cose: new.cose, counter: Int(new.counter),
            isBackupEligible: new.isBackupEligible, transports: new.transports, label: label, addedAt: time)
    }

    /// - Parameter client: from where, for counting tries.
    /// - Returns: whose passkey it is.
    package func signIn(
        _ response: AssertionResponse, in browser: String, from client: String, at time: Int
    ) async throws -> Account {
        let asked = try await spend(.signIn, browser, at: time)
        let isAllowed = try await store.write {
            try $0.takeAllowance("sign-in \(client)", most: Self.mostTries, seconds: Self.trySeconds, at: time)
        }
        guard isAllowed else { throw AccountError.tooManyTries }
        let found = try await store.read { reading -> (Passkey, Account)? in
            guard let passkey = try reading.passkey(id: response.credentialID),
                let account = try reading.account(passkey.account), account.state == .active
            else { return nil }
            return (passkey, account)
        }
        guard let (passkey, account) = found else { throw AccountError.passkeyUnknown }
        let verified = try party.verify(
            response, challenge: asked.challenge, credential: CredentialRecord(passkey, of: account))
        try await store.write {
            try $0.recordUse(
                ofPasskey: passkey.id, counter: Int(verified.counter), isDoubtful: !verified.hasCounterRisen, at: time)
        }
        return account
    }

    private func ask(
        _ purpose: PasskeyChallenge.Purpose, _ browser: String, _ account: AccountID?, at time: Int
    ) async throws -> [UInt8] {
        let challenge = PasskeyChallenge(
            browser: try SHA256.digest(browser.utf8), purpose: purpose, challenge: try SecureRandom.bytes(32),
            account: account, expiresAt: time + CeremonyTime.seconds)
        try await store.write { try $0.save(challenge, at: time) }
        return challenge.challenge
    }

    private func spend(
        _ purpose: PasskeyChallenge.Purpose, _ browser: String, at time: Int
    ) async throws -> PasskeyChallenge {
        let browser = try SHA256.digest(browser.utf8)
        do {
            return try await store.write { try $0.spendChallenge(of: browser, for: purpose, at: time) }
        } catch let error as StoreError where error.code == .notFound { throw AccountError.ceremonyOver }
    }
}

extension CredentialRecord {
    init(_ passkey: Passkey, of account: Account) {
        self.init(
            id: passkey.id, userHandle: account.handle, cose: passkey.cose,
            counter: UInt32(clamping: passkey.counter), isBackupEligible: passkey.isBackupEligible)
    }
}
