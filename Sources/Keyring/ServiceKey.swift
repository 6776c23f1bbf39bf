import Credential
import Errors
import Files
import FoundationEssentials
import Glibc
import Signing
import Trust

/// A key of the authority's machines: `keys/NAME.key`, with `NAME.pub.pem` beside it, and both as `NAME.next.*` of the
/// key that is to take its place. It signs one kind of thing and nothing else, so a machine that does that by itself
/// needs neither the root's key nor an institution's.
package enum ServiceKey: String, CaseIterable {
    case status, receipt

    /// What it signs; part of the audit trail.
    package var purpose: String {
        switch self {
        case .status: "status lists"
        case .receipt: "receipts"
        }
    }

    package var chineseName: String {
        switch self {
        case .status: "状态"
        case .receipt: "回执"
        }
    }

    /// How it is made where there is none.
    package var creation: Remedy {
        switch self {
        case .status: .createStatusKey
        case .receipt: .createReceiptKey
        }
    }

    /// How its replacement goes on.
    private var replacement: Remedy {
        switch self {
        case .status: .replaceStatusKey
        case .receipt: .replaceReceiptKey
        }
    }

    /// What a trust list says of these keys.
    package func entries(of list: TrustList?) -> [TrustList.Key]? {
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
    package func create(passphrase: Passphrase, keysFolder: String, _ algorithm: SignatureAlgorithm) throws -> PublicKey
    {
        let key = try PrivateKey.generate(algorithm)
        try KeyFile.save(key, passphrase: passphrase, to: "\(keysFolder)/\(rawValue).key")
        // Last, as it is what makes the key known.
        try DurableFile.create(
            Array(key.publicKey.pem.utf8), at: "\(keysFolder)/\(rawValue).pub.pem", mode: 0o644)
        return key.publicKey
    }

    /// Nil for a home that never had one.
    package func publicKey(in keyring: Keyring) throws -> PublicKey? {
        try Self.publicKey("\(keyring.folder)/\(rawValue)")
    }

    package func nextPublicKey(in keyring: Keyring) throws -> PublicKey? { try Self.publicKey(nextPath(keyring)) }

    /// The present one, and the one that is to take its place.
    package func publicKeys(in keyring: Keyring) throws -> [PublicKey] {
        try [publicKey(in: keyring), nextPublicKey(in: keyring)].compactMap(\.self)
    }

    /// Ready to sign: what is signed by a key that verifiers do not know is worthless.
    package func load(_ keyring: Keyring, trust: VerifiedTrustList, passphrase: Passphrase) throws -> PrivateKey {
        let path = "\(keyring.folder)/\(rawValue).key"
        guard access(path, F_OK) == 0 else {
            throw Refusal(
                .configuration, zh: "缺少 \(path)", en: "\(path) is missing", remedy: creation)
        }
        let key = try KeyFile.load(path, passphrase: passphrase)
        guard let record = record(key.publicKey.kid, in: trust), record.isActive(at: Clock.now()) else {
            throw Refusal(
                .configuration, zh: "按已公布的信任列表，\(chineseName)密钥 \(key.publicKey.kid) 不在有效期内",
                en: "the \(rawValue) key \(key.publicKey.kid) is not active by the published trust list",
                remedy: try nextPublicKey(in: keyring) == nil ? .publishTrust : replacement)
        }
        return key
    }

    private func nextPath(_ keyring: Keyring) -> String { "\(keyring.folder)/\(rawValue).next" }

    private static func publicKey(_ path: String) throws -> PublicKey? {
        guard access(path + ".pub.pem", F_OK) == 0 else { return nil }
        return try PublicKey.load(path + ".pub.pem")
    }
}

/// The steps of a replacement. The next key's public part is the sign that one is under way: it comes last, and goes
/// last.
extension ServiceKey {
    package func createNext(in keyring: Keyring, passphrase: Passphrase, _ algorithm: SignatureAlgorithm) throws
        -> PublicKey
    {
        // One without its public part was begun and never known to anyone.
        unlink(nextPath(keyring) + ".key")
        let key = try PrivateKey.generate(algorithm)
        try KeyFile.save(key, passphrase: passphrase, to: nextPath(keyring) + ".key")
        return key.publicKey
    }

    package func announceNext(_ key: PublicKey, in keyring: Keyring) throws {
        try DurableFile.create(Array(key.pem.utf8), at: nextPath(keyring) + ".pub.pem", mode: 0o644)
    }

    /// From here on the next key signs; the old one's private part is gone.
    package func promoteNext(in keyring: Keyring) throws {
        let next = nextPath(keyring) + ".key"
        guard access(next, F_OK) == 0 else { return }
        try DurableFile.move(next, to: "\(keyring.folder)/\(rawValue).key")
    }

    package func finishNext(in keyring: Keyring) throws {
        try DurableFile.move(nextPath(keyring) + ".pub.pem", to: "\(keyring.folder)/\(rawValue).pub.pem")
        // What a run that was stopped was about to write.
        for name in try FileManager.default.contentsOfDirectory(atPath: keyring.folder)
        where name.hasPrefix("\(rawValue).next.") { unlink("\(keyring.folder)/\(name)") }
    }
}
