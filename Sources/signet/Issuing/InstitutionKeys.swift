import Credential
import Issuance
import Signing
import Trust

/// The private keys of institutions, loaded as they are needed, each with one question for the passphrase.
struct InstitutionKeys {
    let home: Home
    let trust: VerifiedTrustList
    let passphrase: PassphraseOptions
    /// What opened the keys, once they were needed.
    private(set) var secret: Passphrase?
    private var loaded: [InstitutionID: [PrivateKey]] = [:]

    init(home: Home, trust: VerifiedTrustList, passphrase: PassphraseOptions) {
        (self.home, self.trust, self.passphrase) = (home, trust, passphrase)
    }

    mutating func keys(of institution: InstitutionID) throws -> [PrivateKey] {
        if let keys = loaded[institution] { return keys }
        let store = KeyStore(home)
        // Of a compromised key nothing more is signed; its file may be gone, too.
        let entries = try store.entries().filter {
            $0.institution == institution && trust.key($0.publicKey.kid)?.state != .compromised
        }
        let keys = try entries.map { try store.load($0, passphrase: secretOfKeys()) }
        loaded[institution] = keys
        return keys
    }

    mutating func secretOfKeys() throws -> Passphrase {
        let known = try secret ?? passphrase.passphrase()
        secret = known
        return known
    }

    /// With which it signs now.
    func activeKey(of institution: InstitutionID) throws -> PublicKey {
        guard let key = try Self.activeKey(of: institution, trust, in: home) else {
            throw CommandFailure(
                .configuration,
                "institution \(institution) has no published active key; run: signet keys create \(institution), "
                    + "then signet trust publish")
        }
        return key
    }

    static func activeKey(
        of institution: InstitutionID, _ trust: VerifiedTrustList, in home: Home
    ) throws -> PublicKey? {
        let now = Clock.now()
        return try KeyStore(home).entries().filter { $0.institution == institution }
            .compactMap { trust.key($0.publicKey.kid) }
            .filter { $0.state == .active && $0.from <= now && $0.to.map { now < $0 } ?? true }
            .max { $0.from < $1.from }?.key
    }
}
