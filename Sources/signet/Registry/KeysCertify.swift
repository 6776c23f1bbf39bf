import Acts
import ArgumentParser
import Credential
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Keyring
import Signing
import Store

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
        guard all != !institutions.isEmpty else {
            throw ValidationError(zh: "请写出机构，或给出 --all", en: "name institutions, or give --all")
        }
        guard chain == nil || institutions.count == 1 else {
            throw ValidationError(zh: "--chain 只用于一个机构", en: "--chain is for one institution")
        }
        guard (1...30).contains(years) else {
            throw ValidationError(zh: "--years 须在 1 与 30 之间", en: "--years must be between 1 and 30")
        }
    }

    func run() async throws {
        let office = try home.open().lookingOffice()
        let certify = CertifyKeys(in: office)
        if let chain {
            let brought = try X509Chain(pem: String(decoding: DurableFile.read(chain), as: UTF8.self))
            guard let entry = try certify.bring(brought, to: InstitutionID(institutions[0])) else {
                throw Refusal(
                    .refused, zh: "\(chain) 开头的证书不属于 \(institutions[0]) 的任何密钥",
                    en: "\(chain) begins with a certificate for none of \(institutions[0])'s keys")
            }
            print("\(entry.institution)  \(entry.publicKey.kid)  certified by a CA")
            return
        }
        let wanted = try all ? certify.uncertified() : certify.newest(of: institutions.map(InstitutionID.init))
        guard !wanted.isEmpty else {
            print("Every ES256 key has its certificate.")
            return
        }
        try await certify(wanted, years: years, passphrase: passphrase.passphrase()) { entry, name in
            print("\(entry.institution)  \(entry.publicKey.kid)  \(name)")
        }
        print("PDF readers that trust \(office.home.authorityCertificatePath) show these signatures as valid.")
    }
}
