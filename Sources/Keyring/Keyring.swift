import Credential
import Encodings
import Errors
import Files
import FoundationEssentials
import Glibc
import Signing
import Trust

/// The keys of an installation, in one folder: who does not import this cannot sign.
///
/// An institution's key is `ID-KID.key`, with `ID-KID.pub.pem` beside it so that listing and publishing need no
/// passphrase; see ``ServiceKey`` for those of services.
package struct Keyring: Sendable {
    package struct Entry {
        package let institution: InstitutionID
        package let publicKey: PublicKey
        package let privatePath: String

        package var isInHSM: Bool { privatePath.hasSuffix(Keyring.hsmSuffix) }
    }

    package let folder: String
    /// Asks for that of a hardware module.
    private let pin: @Sendable () throws -> Passphrase
    fileprivate static let hsmSuffix = ".hsm.json"

    package init(folder: String, pin: @escaping @Sendable () throws -> Passphrase) {
        (self.folder, self.pin) = (folder, pin)
    }

    /// In order of institution and key.
    package func entries() throws -> [Entry] {
        try PublicKeys.entries(in: folder).map { entry in
            let isInHSM = access(entry.stem + Self.hsmSuffix, F_OK) == 0
            return Entry(
                institution: entry.institution, publicKey: entry.key,
                privatePath: entry.stem + (isInHSM ? Self.hsmSuffix : ".key"))
        }
    }

    package func save(_ key: PrivateKey, for institution: InstitutionID, passphrase: Passphrase) throws -> Entry {
        let stem = "\(folder)/\(institution)-\(key.publicKey.kid)"
        try KeyFile.save(key, passphrase: passphrase, to: stem + ".key")
        // Last, as it is what makes the key known.
        try DurableFile.create(Array(key.publicKey.pem.utf8), at: stem + PublicKeys.suffix, mode: 0o644)
        return Entry(institution: institution, publicKey: key.publicKey, privatePath: stem + ".key")
    }

    /// A key that stays in its module; what is kept is where it is.
    package func save(_ place: HSMKeyPlace, of key: PublicKey, for institution: InstitutionID) throws -> Entry {
        let stem = "\(folder)/\(institution)-\(key.kid)"
        try DurableFile.create(Array((JSONLine.encode(place) + "\n").utf8), at: stem + Self.hsmSuffix, mode: 0o600)
        try DurableFile.create(Array(key.pem.utf8), at: stem + PublicKeys.suffix, mode: 0o644)
        return Entry(institution: institution, publicKey: key, privatePath: stem + Self.hsmSuffix)
    }

    /// The certificate chain by which PDF readers know a key; nil when it has none.
    package func certificateChain(of entry: Entry) throws -> X509Chain? {
        let path = certificatePath(of: entry)
        guard access(path, F_OK) == 0 else { return nil }
        return try X509Chain(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
    }

    package func save(_ chain: X509Chain, of entry: Entry) throws {
        try DurableFile.replace(Array(chain.pem.utf8), at: certificatePath(of: entry))
    }

    private func certificatePath(of entry: Entry) -> String {
        "\(folder)/\(entry.institution)-\(entry.publicKey.kid).crt.pem"
    }

    /// - Parameter passphrase: asked for only where the key is in a file.
    package func load(_ entry: Entry, passphrase: @autoclosure () throws -> Passphrase) throws -> PrivateKey {
        let key =
            entry.isInHSM
            ? try HSMKeyPlace(file: entry.privatePath).load(pin: pin())
            : try KeyFile.load(entry.privatePath, passphrase: passphrase())
        guard key.publicKey.kid == entry.publicKey.kid else {
            throw Refusal(
                .configuration, zh: "\(entry.privatePath) 中的密钥与文件名不符",
                en: "\(entry.privatePath) holds another key than its name says")
        }
        return key
    }
}
