import ArgumentParser
import Credential
import Errors
import Files
import Glibc
import Installation
import Keyring
import Signing
import Store
import StoreSQLite

struct KeysCertify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Give keys the X.509 certificates by which PDF readers know them.",
        discussion: """
            Issued by the authority (its certificate, to be trusted in PDF readers, is trust/authority-ca.pem), or \
            brought from a CA with --chain.

            Examples:
              signet keys certify --all
              signet keys certify 4137012391 --chain from-the-ca.pem
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "Institutions, by their registered id.") var institutions: [String] = []
    @Flag(help: "Every institution that has an ES256 key without a certificate.") var all = false
    @Option(help: ArgumentHelp("A CA's certificates (PEM), the key's own first.", valueName: "file")) var chain: String?
    @Option(help: "Years for which the authority's certificates hold.") var years = 10

    func validate() throws {
        guard all != !institutions.isEmpty else { throw ValidationError("name institutions, or give --all") }
        guard chain == nil || institutions.count == 1 else {
            throw ValidationError("--chain is for one institution")
        }
        guard (1...30).contains(years) else { throw ValidationError("--years must be between 1 and 30") }
    }

    func run() async throws {
        let home = try home.open()
        let keys = home.keyring
        if let chain {
            let brought = try X509Chain(pem: String(decoding: DurableFile.read(chain), as: UTF8.self))
            guard let entry = try keys.entries().first(where: { $0.publicKey.spki == brought.leaf.spki }),
                entry.institution.text == institutions[0]
            else {
                throw Refusal(
                    .refused, "\(chain) begins with a certificate for none of \(institutions[0])'s keys")
            }
            try keys.save(brought, of: entry)
            print("\(entry.institution)  \(entry.publicKey.kid)  certified by a CA")
            return
        }
        let wanted = try entries(of: keys)
        guard !wanted.isEmpty else {
            print("Every ES256 key has its certificate.")
            return
        }
        let now = Clock.now()
        let issuer = try authority(home, passphrase: passphrase.passphrase(), now: now)
        let registered = try await home.openStore().read { try $0.institutions() }
        for entry in wanted {
            let name =
                registered.first { $0.id == entry.institution }?.name(on: Clock.today()) ?? entry.institution.text
            let certificate = try issuer.certify(
                entry.publicKey, organisation: name, identifier: entry.institution.text, notBefore: now,
                notAfter: now + years * 31_556_952)
            try keys.save(X509Chain([certificate, issuer.certificate]), of: entry)
            print("\(entry.institution)  \(entry.publicKey.kid)  \(name)")
        }
        print("PDF readers that trust \(home.authorityCertificatePath) show these signatures as valid.")
    }

    private func entries(of keys: Keyring) throws -> [Keyring.Entry] {
        let entries = try keys.entries().filter { $0.publicKey.algorithm == .es256 }
        if all { return try entries.filter { try keys.certificateChain(of: $0) == nil } }
        return try institutions.map { text in
            guard let entry = entries.last(where: { $0.institution.text == text }) else {
                throw Refusal(
                    .refused,
                    "institution \(text) has no ES256 key, and PDF readers check no other; run: signet keys create \(text)"
                )
            }
            return entry
        }
    }

    /// The authority's certificate is made with the first one it issues.
    private func authority(_ home: Home, passphrase: Passphrase, now: Int) throws -> X509Issuer {
        let root = try KeyFile.load(home.rootKeyPath, passphrase: passphrase)
        let path = home.authorityCertificatePath
        if access(path, F_OK) == 0 {
            let known = try X509Chain(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
            return try X509Issuer(root, certificate: known.leaf)
        }
        let issuer = try X509Issuer(
            root, authority: home.config.authority, notBefore: now, notAfter: now + 30 * 31_556_952)
        try DurableFile.create(Array(issuer.certificate.pem.utf8), at: path, mode: 0o644)
        return issuer
    }
}

extension Home {
    /// For PDF readers; verifiers of seals trust the root key itself.
    var authorityCertificatePath: String { path + "/trust/authority-ca.pem" }
}
