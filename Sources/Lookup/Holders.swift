import Audit
import AuditLog
import Credential
import Encodings
import Errors
import PersonalData
import Seal
import Signing
import Store
import Trust

/// A photo for a screen, as JPEG; nil where there is none that was approved.
package typealias ScreenPhotoSource =
    @Sendable (_ version: SealedVersion, _ certificate: Certificate, _ record: PrivateRecord) async throws -> [UInt8]?

/// Holders' access to their certificates. What they do is in the audit log; their passphrases, tokens and codes are kept
/// as digests.
package struct Holders: HolderSource {
    private static let codeLength = 20

    private let authority: Authority
    private let keys: PublicKeys
    private let store: any HolderStore
    private let host: String
    private let photo: ScreenPhotoSource?
    private let dataKeys: DataKeys
    private let hasher = PassphraseHasher()
    private let decoySalt: [UInt8]
    package let deviceKey: [UInt8]

    package init(
        _ store: any HolderStore, _ authority: Authority, keys: PublicKeys, host: String, dataKeys: DataKeys,
        photo: ScreenPhotoSource?
    ) throws {
        (self.store, self.authority, self.keys, self.host) = (store, authority, keys, host)
        (self.dataKeys, self.photo) = (dataKeys, photo)
        decoySalt = try SecureRandom.bytes(Scrypt.saltByteCount)
        deviceKey = try IdentityProtector(dataKeys).derivedKey(for: "holders' devices")
    }

    package func claim(_ token: String, passphrase: String) async throws -> CertificateKey? {
        let (digest, time) = (try SHA256.digest(token.utf8), Clock.now())
        guard let invitation = try await store.read({ try $0.invitation(digest: digest) }), time < invitation.expiresAt
        else { return nil }
        let salt = try SecureRandom.bytes(Scrypt.saltByteCount)
        let access = HolderAccess(
            certificate: invitation.certificate, salt: salt, digest: try await hasher.digest(passphrase, salt: salt))
        do {
            try await write(.holderClaimed, of: access.certificate, at: time) {
                try $0.claim(digest, as: access, at: time)
            }
        } catch let error as StoreError where error.code == .notFound {
            // Somebody was quicker.
            return nil
        }
        return access.certificate
    }

    package func signIn(number: CertificateNumber, passphrase: String, isKnownDevice: Bool) async throws
        -> CertificateKey?
    {
        let access = try await store.read { store -> HolderAccess? in
            try store.sealedVersions(number: number).first.flatMap {
                try store.holderAccess(of: $0.key.certificate)
            }
        }
        let given = try await hasher.digest(
            passphrase, salt: access?.salt ?? decoySalt, isKnownDevice: isKnownDevice)
        guard let access, ConstantTime.areEqual(given, access.digest) else { return nil }
        return access.certificate
    }

    package func begin(session digest: [UInt8], of certificate: CertificateKey, from time: Int, until end: Int)
        async throws
    {
        let session = HolderSession(digest: digest, certificate: certificate, endsAt: end)
        try await store.write { try $0.insert(session, at: time) }
    }

    package func certificate(session digest: [UInt8], at time: Int) async throws -> CertificateKey? {
        try await store.read { try $0.session(digest: digest, at: time) }?.certificate
    }

    package func certificate(_ key: CertificateKey, withPhoto: Bool) async throws -> HeldDocument {
        guard let version = try await store.read({ try $0.newestVersion(ofCertificate: key) }) else {
            throw StoreError(
                .notFound, zh: "证书行 \(key) 没有已签名的版本", en: "certificate row \(key) has no signed version",
                remedy: .verifyRecord)
        }
        let claims = try CertificateClaims(decoding: version.payload[...])
        let record = try IdentityProtector(dataKeys).open(version.privateBox, for: claims.certificate.id)
        return HeldDocument(
            qrText: try version.qrText(host: host, key: keys.key(version.keyID)), number: version.number,
            scores: HolderScores(
                theory: record.theory?.description, skill: record.skill?.description,
                review: record.review?.description),
            photo: withPhoto ? try await photo?(version, claims.certificate, record) : nil)
    }

    package func shares(of key: CertificateKey) async throws -> [HolderShare] {
        try await store.read { try $0.shareCodes(of: key) }.filter { $0.cancelledAt == nil }.map(HolderShare.init)
    }

    package func share(_ key: CertificateKey, _ wish: ShareWish, from time: Int) async throws -> (
        share: HolderShare, code: String
    ) {
        let code = CrockfordBase32.encode(random: try SecureRandom.bytes(Self.codeLength))
        let share = ShareCode(
            id: Hex.encode(try SecureRandom.bytes(8)), digest: try SHA256.digest(code.utf8), certificate: key,
            label: wish.label, showsScores: wish.scores, showsPhoto: wish.photo, createdAt: time,
            expiresAt: time + wish.days * 86_400)
        try await write(.shareCreated, of: key, digest: share.digest, at: time) { try $0.insert(share) }
        return (HolderShare(share), CrockfordBase32.grouped(code))
    }

    package func cancelShare(_ id: String, of key: CertificateKey) async throws -> Bool {
        let time = Clock.now()
        do {
            try await write(.shareCancelled, of: key, at: time) { try $0.cancelShareCode(id, of: key, at: time) }
            return true
        } catch let error as StoreError where error.code == .notFound {
            return false
        }
    }

    package func share(code: String) async throws -> (share: HolderShare, certificate: CertificateKey)? {
        guard let code = CrockfordBase32.normalised(code), code.utf8.count == Self.codeLength else { return nil }
        let digest = try SHA256.digest(code.utf8)
        guard let share = try await store.read({ try $0.shareCode(digest: digest) }), share.cancelledAt == nil else {
            return nil
        }
        return (HolderShare(share), share.certificate)
    }

    package func countOpening(of id: String) async throws { try await store.write { try $0.countOpening(of: id) } }

    private func write(
        _ kind: AuditAct.Kind, of certificate: CertificateKey, digest: [UInt8] = [], at time: Int,
        _ change: @escaping @Sendable (any HolderServiceWriting) throws -> Void
    ) async throws {
        try await authority.carryOut(.ownCertificate, by: .holder) {
            try await store.write { transaction in
                guard let version = try transaction.newestVersion(ofCertificate: certificate) else {
                    throw StoreError(.notFound, zh: "该证书没有已签名的版本", en: "the certificate has no signed version")
                }
                let id = try CertificateClaims(decoding: version.payload[...]).certificate.id
                try change(transaction)
                try transaction.append(
                    AuditAct(
                        kind, actor: Actor.holder.name, subject: .certificate(id), digest: digest, time: time))
            }
            return ((), time)
        }
    }
}

extension HolderShare {
    fileprivate init(_ code: ShareCode) {
        self.init(
            id: code.id, label: code.label, scores: code.showsScores, photo: code.showsPhoto,
            createdAt: code.createdAt, expiresAt: code.expiresAt, openings: code.openings)
    }
}
