import Credential
import Encodings
import Files
import FoundationEssentials
import Glibc
import Issuance
import Signing

/// The institutions' keys in a home: `keys/ID-KID.key`, with `ID-KID.pub.pem` beside it so that listing
/// and publishing need no passphrase.
struct KeyStore {
    struct Entry {
        let institution: InstitutionID
        let publicKey: PublicKey
        let privatePath: String

        var isInHSM: Bool { privatePath.hasSuffix(KeyStore.hsmSuffix) }
    }

    private let folder: String
    private static let publicSuffix = ".pub.pem"
    fileprivate static let hsmSuffix = ".hsm.json"

    init(_ home: Home) { folder = home.keysPath }

    /// In order of institution and key.
    func entries() throws -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.sorted().compactMap { name in
            guard name.hasSuffix(Self.publicSuffix), let dash = name.lastIndex(of: "-") else { return nil }
            let key = try PublicKey.load("\(folder)/\(name)")
            let stem = name.dropLast(Self.publicSuffix.count)
            guard name[name.index(after: dash)...].dropLast(Self.publicSuffix.count) == key.kid.description else {
                throw CommandFailure(.configuration, "\(folder)/\(name) holds another key than its name says")
            }
            let isInHSM = access("\(folder)/\(stem)\(Self.hsmSuffix)", F_OK) == 0
            return Entry(
                institution: InstitutionID(String(name[..<dash])), publicKey: key,
                privatePath: "\(folder)/\(stem)\(isInHSM ? Self.hsmSuffix : ".key")")
        }
    }

    func save(_ key: PrivateKey, for institution: InstitutionID, passphrase: Passphrase) throws -> Entry {
        let stem = "\(folder)/\(institution)-\(key.publicKey.kid)"
        try KeyFile.save(key, passphrase: passphrase, to: stem + ".key")
        // Last, as it is what makes the key known.
        try DurableFile.create(Array(key.publicKey.pem.utf8), at: stem + Self.publicSuffix, mode: 0o644)
        return Entry(institution: institution, publicKey: key.publicKey, privatePath: stem + ".key")
    }

    /// A key that stays in its module; what is kept is where it is.
    func save(_ place: HSMKeyPlace, of key: PublicKey, for institution: InstitutionID) throws -> Entry {
        let stem = "\(folder)/\(institution)-\(key.kid)"
        try DurableFile.create(Array((JSONLine.encode(place) + "\n").utf8), at: stem + Self.hsmSuffix, mode: 0o600)
        try DurableFile.create(Array(key.pem.utf8), at: stem + Self.publicSuffix, mode: 0o644)
        return Entry(institution: institution, publicKey: key, privatePath: stem + Self.hsmSuffix)
    }

    /// The certificate chain by which PDF readers know a key; nil when it has none.
    func certificateChain(of entry: Entry) throws -> CertificateChain? {
        let path = certificatePath(of: entry)
        guard access(path, F_OK) == 0 else { return nil }
        return try CertificateChain(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
    }

    func save(_ chain: CertificateChain, of entry: Entry) throws {
        try DurableFile.replace(Array(chain.pem.utf8), at: certificatePath(of: entry))
    }

    private func certificatePath(of entry: Entry) -> String {
        "\(folder)/\(entry.institution)-\(entry.publicKey.kid).crt.pem"
    }

    /// - Parameter passphrase: asked for only where the key is in a file.
    func load(_ entry: Entry, passphrase: @autoclosure () throws -> Passphrase) throws -> PrivateKey {
        let key =
            entry.isInHSM
            ? try HSMKeyPlace(file: entry.privatePath).load()
            : try KeyFile.load(entry.privatePath, passphrase: passphrase())
        guard key.publicKey.kid == entry.publicKey.kid else {
            throw CommandFailure(.configuration, "\(entry.privatePath) holds another key than its name says")
        }
        return key
    }
}
