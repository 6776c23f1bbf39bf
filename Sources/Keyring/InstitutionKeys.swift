import Credential
import Errors
import Signing
import Trust

/// The private keys of institutions, loaded as they are needed, each with one question for the passphrase.
package struct InstitutionKeys {
    package let keyring: Keyring
    package let trust: VerifiedTrustList
    package let passphrase: @Sendable () throws -> Passphrase
    /// What opened the keys, once they were needed.
    package private(set) var secret: Passphrase?
    private var loaded: [InstitutionID: [PrivateKey]] = [:]

    package init(
        _ keyring: Keyring, trust: VerifiedTrustList, passphrase: @escaping @Sendable () throws -> Passphrase
    ) {
        (self.keyring, self.trust, self.passphrase) = (keyring, trust, passphrase)
    }

    package mutating func keys(of institution: InstitutionID) throws -> [PrivateKey] {
        if let keys = loaded[institution] { return keys }
        // Of a compromised key nothing more is signed; its file may be gone, too.
        let entries = try keyring.entries().filter {
            $0.institution == institution && trust.key($0.publicKey.kid)?.state != .compromised
        }
        let keys = try entries.map { try keyring.load($0, passphrase: secretOfKeys()) }
        loaded[institution] = keys
        return keys
    }

    package mutating func secretOfKeys() throws -> Passphrase {
        let known = try secret ?? passphrase()
        secret = known
        return known
    }

    /// With which it signs now.
    package func activeKey(of institution: InstitutionID) throws -> PublicKey {
        guard let key = try Self.activeKey(of: institution, trust, in: keyring) else {
            throw Refusal(
                .configuration, zh: "机构 \(institution) 没有已公布的有效密钥",
                en: "institution \(institution) has no published active key",
                remedy: .createKey(institution: institution.text))
        }
        return key
    }

    package static func activeKey(
        of institution: InstitutionID, _ trust: VerifiedTrustList, in keyring: Keyring
    ) throws -> PublicKey? {
        let now = Clock.now()
        return try keyring.entries().filter { $0.institution == institution }
            .compactMap { trust.key($0.publicKey.kid) }
            .filter { $0.state == .active && $0.from <= now && $0.to.map { now < $0 } ?? true }
            .max { $0.from < $1.from }?.key
    }
}
