import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import FoundationEssentials
import HomeFolder
import Installation
import Issuance
import Keyring
import Signing
import Store
import Trust

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list and export signing keys, and publish their times.",
        subcommands: [
            KeysCreate.self, KeysSchedule.self, KeysRetire.self, KeysCompromise.self, KeysReplaceStatus.self,
            KeysReplaceReceipt.self, KeysCertify.self, KeysList.self, KeysExport.self,
        ])
}

struct KeysCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make signing keys for institutions.",
        discussion: """
            Examples:
              signet keys create --all
              signet keys create 4137012391 --algorithm SM2
              signet keys create --status
              signet keys create --receipts
              signet keys create 4137012391 --hsm "pkcs11:token=signet;object=a;type=private"
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Argument(help: "Institutions, by their registered id.")
    var institutions: [String] = []

    @Flag(help: "For every registered institution that has no key yet.")
    var all = false

    @Flag(help: "The key for status lists, where init made none yet.")
    var status = false

    @Flag(help: "The key for verification receipts, where there is none yet.")
    var receipts = false

    @Option(help: "ES256 (default), EdDSA or SM2. Phones check ES256 and EdDSA by themselves.")
    var algorithm: AlgorithmName = .es256

    @Option(
        help: ArgumentHelp(
            "Take up an EC P-256 key that a hardware module holds, by its PKCS#11 URI (RFC 7512); "
                + "the PIN comes from the variable SIGNET_HSM_PIN, else a question.", valueName: "uri"))
    var hsm: String?

    @Option(help: ArgumentHelp("The module's PKCS#11 library.", valueName: "file"))
    var hsmModule = "/usr/lib/softhsm/libsofthsm2.so"

    func validate() throws {
        guard [all, status, receipts, !institutions.isEmpty].count(where: { $0 }) == 1 else {
            throw ValidationError(
                zh: "请写出机构，或给出 --all、--status 或 --receipts",
                en: "name institutions, or give --all, --status or --receipts")
        }
        guard hsm == nil || institutions.count == 1 else {
            throw ValidationError(zh: "--hsm 指定一个密钥，因此只用于一个机构", en: "--hsm names one key, so it is for one institution")
        }
    }

    func run() async throws {
        let office = try await home.open().openOffice()
        let create = CreateKeys(in: office, algorithm.algorithm)
        if status || receipts {
            let service: ServiceKey = status ? .status : .receipt
            try await create(for: service, passphrase: passphrase.passphrase(), by: Login.actor())
            print("Made keys/\(service.rawValue).key. Next: signet trust publish")
            return
        }
        let registered = try await office.store.read { try $0.institutions() }
        // A module keeps its keys itself.
        let secret = try hsm == nil ? passphrase.passphrase() : Passphrase([])
        let place = hsm.map { HSMKeyPlace(module: hsmModule, uri: $0) }
        let holders = try office.home.keyring.entries().map(\.institution)
        for institution in try chosen(from: registered.map(\.id), holders: holders) {
            let (entry, algorithm) = try await create(
                for: institution, in: place, pin: PassphraseOptions.pin(), passphrase: secret, by: Login.actor())
            print("\(institution)  \(entry.publicKey.kid)  \(algorithm.name)\(place == nil ? "" : "  HSM")")
        }
        print("Next: signet trust publish, or signet keys schedule")
    }

    private func chosen(from registered: [InstitutionID], holders: [InstitutionID]) throws -> [InstitutionID] {
        if all { return registered.filter { !holders.contains($0) } }
        return try institutions.map { text in
            guard registered.contains(InstitutionID(text)) else {
                throw Refusal(
                    .refused, zh: "机构 \(text) 没有登记；请导入", en: "institution \(text) is not registered; import it",
                    remedy: .importRegistry)
            }
            return InstitutionID(text)
        }
    }
}

struct KeysList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List keys and what the published trust list says of them.")

    @OptionGroup var home: HomeOptions
    @Flag(help: "One JSON object per line.") var json = false

    private struct Line: Encodable {
        var institution: String
        var kid: String
        var algorithm: String
        var state: String
    }

    func run() throws {
        let home = try home.open()
        let list = try home.trustList()
        for entry in try home.keyring.entries() {
            let line = Line(
                institution: entry.institution.text, kid: entry.publicKey.kid.description,
                algorithm: entry.publicKey.algorithm.name,
                state: list?.key(entry.publicKey.kid)?.state.rawValue ?? "unpublished")
            if json {
                print(try JSONLine.encode(line))
            } else {
                print("\(line.institution)  \(line.kid)  \(line.algorithm)  \(line.state)")
            }
        }
    }
}

struct KeysExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a public key as PEM or JWK.",
        discussion: "Example:\n  signet keys export root --format jwk")

    enum Format: String, ExpressibleByArgument, CaseIterable { case pem, jwk }

    @OptionGroup var home: HomeOptions
    @Argument(help: "A kid, or the word root.") var key: String
    @Option(help: "pem (SubjectPublicKeyInfo) or jwk.") var format: Format = .pem

    func run() throws {
        let home = try home.open()
        let publicKey: PublicKey
        if key == "root" {
            publicKey = try home.rootPublicKey()
        } else if let entry = try home.keyring.entries().first(where: { $0.publicKey.kid.description == key }) {
            publicKey = entry.publicKey
        } else {
            throw Refusal(.missing, zh: "没有密钥 \(key)", en: "there is no key \(key)", remedy: .listKeys)
        }
        switch format {
        case .pem: print(try publicKey.pem, terminator: "")
        case .jwk: print(try JSONLine.encode(publicKey.jwk))
        }
    }
}
