import Credential
import Errors
import Files
import Glibc
import HomeFolder
import Keyring
import Signing
import Store

/// Gives keys the X.509 certificates by which PDF readers know them.
package struct CertifyKeys: Sendable {
    private static let secondsOfYear = 31_556_952
    /// For which the authority's own certificate holds.
    private static let yearsOfAuthority = 30

    private let office: Office
    private var keyring: Keyring { office.home.keyring }

    package init(in office: Office) { self.office = office }

    /// Takes up certificates that a CA issued for a key of the institution.
    package func bring(_ chain: X509Chain, to institution: InstitutionID) throws -> Keyring.Entry? {
        guard let entry = try keyring.entries().first(where: { $0.publicKey.spki == chain.leaf.spki }),
            entry.institution == institution
        else { return nil }
        try keyring.save(chain, of: entry)
        return entry
    }

    /// Every key that PDF readers can check and that has no certificate.
    package func uncertified() throws -> [Keyring.Entry] {
        try keyring.entries().filter { $0.publicKey.algorithm == .es256 }
            .filter { try keyring.certificateChain(of: $0) == nil }
    }

    /// The newest key of each.
    package func newest(of institutions: [InstitutionID]) throws -> [Keyring.Entry] {
        let entries = try keyring.entries().filter { $0.publicKey.algorithm == .es256 }
        return try institutions.map { institution in
            guard let entry = entries.last(where: { $0.institution == institution }) else {
                throw Refusal(
                    .refused, zh: "机构 \(institution) 没有 ES256 密钥，而 PDF 阅读器只认这种",
                    en: "institution \(institution) has no ES256 key, and PDF readers check no other",
                    remedy: .createKey(institution: institution.text))
            }
            return entry
        }
    }

    /// - Parameter onCertified: told of each, with its institution's name.
    package func callAsFunction(
        _ entries: [Keyring.Entry], years: Int, passphrase: Passphrase,
        onCertified: (Keyring.Entry, String) -> Void
    ) async throws {
        let now = Clock.now()
        let issuer = try authority(passphrase, now: now)
        let registered = try await office.store.read { try $0.institutions() }
        for entry in entries {
            let known = registered.first { $0.id == entry.institution }
            let name = known?.name(on: Clock.today()) ?? entry.institution.text
            let certificate = try issuer.certify(
                entry.publicKey, organisation: name, identifier: entry.institution.text, notBefore: now,
                notAfter: now + years * Self.secondsOfYear)
            try keyring.save(X509Chain([certificate, issuer.certificate]), of: entry)
            onCertified(entry, name)
        }
    }

    /// The authority's certificate is made with the first one it issues.
    private func authority(_ passphrase: Passphrase, now: Int) throws -> X509Issuer {
        let (home, path) = (office.home, office.home.authorityCertificatePath)
        let root = try KeyFile.load(home.rootKeyPath, passphrase: passphrase)
        if access(path, F_OK) == 0 {
            let known = try X509Chain(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
            return try X509Issuer(root, certificate: known.leaf)
        }
        let issuer = try X509Issuer(
            root, authority: home.config.authority, notBefore: now,
            notAfter: now + Self.yearsOfAuthority * Self.secondsOfYear)
        try DurableFile.create(Array(issuer.certificate.pem.utf8), at: path, mode: 0o644)
        return issuer
    }
}

extension Home {
    /// For PDF readers; verifiers of seals trust the root key itself.
    package var authorityCertificatePath: String { path + "/trust/authority-ca.pem" }
}
