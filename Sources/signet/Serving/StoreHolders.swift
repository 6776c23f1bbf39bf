import Audit
import AuditLog
import Credential
import Dispatch
import Documents
import Encodings
import Errors
import Issuance
import Parsing
import PersonalData
import Photos
import Printing
import Seal
import SignetServer
import Signing
import Store

/// Holders' access to a home's certificates. What they do is in the audit log; their passphrases, tokens and codes
/// are kept as digests.
struct StoreHolders: HolderSource {
    private static let codeLength = 20
    /// Pixels. Enough for a photo of 35 mm at twice a screen's density.
    private static let photoWidth = 360

    private let home: Home
    private let keys: PublicKeys
    private let photos: PhotoDesk?
    private let record: RecordHealth
    private let store: any HolderStore
    private let trail: AuditTrail
    private let dataKeys: DataKeys
    private let hasher = PassphraseHasher()
    private let workers: ParsingPool
    /// Waits for workers, so that requests never do.
    private let decoding = DispatchQueue(label: "holders' photos")
    private let decoySalt: [UInt8]
    let deviceKey: [UInt8]

    init(_ home: Home, photos: PhotoDesk?, record: RecordHealth, workers: ParsingPool) throws {
        (self.home, self.photos, self.record, self.workers) = (home, photos, record, workers)
        let opened = try home.openStore()
        (store, trail) = (opened.forHolders, home.trail(of: opened))
        keys = try PublicKeys(home)
        dataKeys = try home.dataKeys()
        decoySalt = try SecureRandom.bytes(Scrypt.saltByteCount)
        deviceKey = try IdentityProtector(dataKeys).derivedKey(for: "holders' devices")
    }

    func claim(_ token: String, passphrase: String) async throws -> CertificateKey? {
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

    func signIn(number: CertificateNumber, passphrase: String, isKnownDevice: Bool) async throws -> CertificateKey? {
        let access = try await store.read { store -> HolderAccess? in
            try store.sealedVersions(number: number).first.flatMap {
                try store.holderAccess(of: $0.key.certificate)
            }
        }
        let given = try await hasher.digest(
            passphrase, salt: access?.salt ?? decoySalt, isKnownDevice: isKnownDevice)
        guard let access, zip(given, access.digest).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
        return access.certificate
    }

    func certificate(_ key: CertificateKey, withPhoto: Bool) async throws -> HeldDocument {
        guard let version = try await store.read({ try $0.newestVersion(ofCertificate: key) }) else {
            throw StoreError(.notFound, "certificate row \(key) has no signed version; run: signet audit verify")
        }
        let seal = PreparedSeal(storedPayload: version.payload, key: try keys.key(version.keyID)).seal(
            signature: version.signature)
        let claims = try CertificateClaims(decoding: version.payload[...])
        let record = try IdentityProtector(dataKeys).open(version.privateBox, for: claims.certificate.id)
        return HeldDocument(
            qrText: QRText.text(host: home.config.host, seal: seal), number: version.number,
            scores: HolderScores(
                theory: record.theory?.description, skill: record.skill?.description,
                review: record.review?.description),
            photo: withPhoto ? try await photo(of: claims.certificate, record, version) : nil)
    }

    /// The one that was approved. None for a file that is no picture: that is said where documents are made.
    private func photo(
        of certificate: Certificate, _ record: PrivateRecord, _ version: SealedVersion
    ) async throws -> [UInt8]? {
        let photos = try await photos?.photos(of: version.batch, certificate.institution)
        guard let file = try photos?.photo(number: certificate.number, record).bytes,
            let approved = try await store.read({ try $0.photo(ofRow: version.sheetRow, of: version.batch) }),
            try SHA256.digest(file) == approved
        else { return nil }
        return await withCheckedContinuation { continuation in
            decoding.async { [workers] in
                let use = PictureUse.screen(width: Self.photoWidth)
                continuation.resume(returning: try? workers.picture(file, named: "", for: use).jpeg())
            }
        }
    }

    func shares(of key: CertificateKey) async throws -> [HolderShare] {
        try await store.read { try $0.shareCodes(of: key) }.filter { $0.cancelledAt == nil }.map(HolderShare.init)
    }

    func share(_ key: CertificateKey, _ wish: ShareWish, from time: Int) async throws -> (
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

    func cancelShare(_ id: String, of key: CertificateKey) async throws -> Bool {
        let time = Clock.now()
        do {
            try await write(.shareCancelled, of: key, at: time) { try $0.cancelShareCode(id, of: key, at: time) }
            return true
        } catch let error as StoreError where error.code == .notFound {
            return false
        }
    }

    func share(code: String) async throws -> (share: HolderShare, certificate: CertificateKey)? {
        guard let code = CrockfordBase32.normalised(code), code.utf8.count == Self.codeLength else { return nil }
        let digest = try SHA256.digest(code.utf8)
        guard let share = try await store.read({ try $0.shareCode(digest: digest) }), share.cancelledAt == nil else {
            return nil
        }
        return (HolderShare(share), share.certificate)
    }

    func countOpening(of id: String) async throws { try await store.write { try $0.countOpening(of: id) } }

    /// The change and its record: both, or neither.
    private func write(
        _ kind: AuditAct.Kind, of certificate: CertificateKey, digest: [UInt8] = [], at time: Int,
        _ change: @escaping @Sendable (any HolderServiceWriting) throws -> Void
    ) async throws {
        try await record.requireForAct()
        try await store.write { transaction in
            guard let version = try transaction.newestVersion(ofCertificate: certificate) else {
                throw StoreError(.notFound, "the certificate has no signed version")
            }
            let id = try CertificateClaims(decoding: version.payload[...]).certificate.id
            try change(transaction)
            try transaction.append(
                AuditAct(kind, actor: "holder", subject: "certificate \(id)", digest: digest, time: time))
        }
        try await trail.keepCheckpoint(at: time)
    }
}

extension HolderShare {
    fileprivate init(_ code: ShareCode) {
        self.init(
            id: code.id, label: code.label, scores: code.showsScores, photo: code.showsPhoto,
            createdAt: code.createdAt, expiresAt: code.expiresAt, openings: code.openings)
    }
}
