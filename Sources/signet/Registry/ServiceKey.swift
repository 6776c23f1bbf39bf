import Files
import FoundationEssentials
import Glibc
import Signing
import Trust

/// A key of the authority's machines: `keys/NAME.key`, with `NAME.pub.pem` beside it, and both as `NAME.next.*` of the
/// key that is to take its place. It signs one kind of thing and nothing else, so a machine that does that by itself
/// needs neither the root's key nor an institution's.
enum ServiceKey: String, CaseIterable {
    case status, receipt

    /// What it signs; part of the audit trail.
    var purpose: String {
        switch self {
        case .status: "status lists"
        case .receipt: "receipts"
        }
    }

    /// How it is made where there is none.
    var creation: String {
        switch self {
        case .status: "signet keys create --status"
        case .receipt: "signet keys create --receipts"
        }
    }

    var replacement: String { "signet keys replace-\(rawValue)" }

    /// What a trust list says of these keys.
    func entries(of list: TrustList?) -> [TrustList.Key]? {
        switch self {
        case .status: list?.statusKeys
        case .receipt: list?.receiptKeys
        }
    }

    private func record(_ kid: KeyID, in trust: VerifiedTrustList) -> VerifiedTrustList.ServiceKeyRecord? {
        switch self {
        case .status: trust.statusKey(kid.description)
        case .receipt: trust.receiptKey(kid.description)
        }
    }

    @discardableResult
    func create(passphrase: Passphrase, keysFolder: String, _ algorithm: SignatureAlgorithm) throws -> PublicKey {
        let key = try PrivateKey.generate(algorithm)
        try KeyFile.save(key, passphrase: passphrase, to: "\(keysFolder)/\(rawValue).key")
        // Last, as it is what makes the key known.
        try DurableFile.create(
            Array(key.publicKey.pem.utf8), at: "\(keysFolder)/\(rawValue).pub.pem", mode: 0o644)
        return key.publicKey
    }

    /// Nil for a home that never had one.
    func publicKey(of home: Home) throws -> PublicKey? { try Self.publicKey("\(home.keysPath)/\(rawValue)") }

    func nextPublicKey(of home: Home) throws -> PublicKey? { try Self.publicKey(nextPath(home)) }

    /// The present one, and the one that is to take its place.
    func publicKeys(of home: Home) throws -> [PublicKey] {
        try [publicKey(of: home), nextPublicKey(of: home)].compactMap(\.self)
    }

    /// Ready to sign: what is signed by a key that verifiers do not know is worthless.
    func load(_ home: Home, trust: VerifiedTrustList, passphrase: Passphrase) throws -> PrivateKey {
        let path = "\(home.keysPath)/\(rawValue).key"
        guard access(path, F_OK) == 0 else {
            throw CommandFailure(
                .configuration, "\(path) is missing; make one: \(creation), then signet trust publish")
        }
        let key = try KeyFile.load(path, passphrase: passphrase)
        guard let record = record(key.publicKey.kid, in: trust), record.isActive(at: Clock.now()) else {
            throw CommandFailure(
                .configuration,
                "the \(rawValue) key \(key.publicKey.kid) is not active by the published trust list; run: "
                    + (try nextPublicKey(of: home) == nil ? "signet trust publish" : "\(replacement) again"))
        }
        return key
    }

    private func nextPath(_ home: Home) -> String { "\(home.keysPath)/\(rawValue).next" }

    private static func publicKey(_ path: String) throws -> PublicKey? {
        guard access(path + ".pub.pem", F_OK) == 0 else { return nil }
        return try PublicKey.load(path + ".pub.pem")
    }
}

/// The steps of a replacement. The next key's public part is the sign that one is under way: it comes last, and goes
/// last.
extension ServiceKey {
    func createNext(of home: Home, passphrase: Passphrase, _ algorithm: SignatureAlgorithm) throws -> PublicKey {
        // One without its public part was begun and never known to anyone.
        unlink(nextPath(home) + ".key")
        let key = try PrivateKey.generate(algorithm)
        try KeyFile.save(key, passphrase: passphrase, to: nextPath(home) + ".key")
        return key.publicKey
    }

    func announceNext(_ key: PublicKey, of home: Home) throws {
        try DurableFile.create(Array(key.pem.utf8), at: nextPath(home) + ".pub.pem", mode: 0o644)
    }

    /// From here on the next key signs; the old one's private part is gone.
    func promoteNext(of home: Home) throws {
        let next = nextPath(home) + ".key"
        guard access(next, F_OK) == 0 else { return }
        try DurableFile.move(next, to: "\(home.keysPath)/\(rawValue).key")
    }

    func finishNext(of home: Home) throws {
        try DurableFile.move(nextPath(home) + ".pub.pem", to: "\(home.keysPath)/\(rawValue).pub.pem")
        // What a run that was stopped was about to write.
        for name in try FileManager.default.contentsOfDirectory(atPath: home.keysPath)
        where name.hasPrefix("\(rawValue).next.") { unlink("\(home.keysPath)/\(name)") }
    }
}
