import Audit
import AuditLog
import Credential
import Errors
import PersonalData
import Seal
import Signing
import StatusList
import Store
import Trust
import Verification

/// What new versions say, decided once and durable before anything is signed.
extension Reissuer {
    struct Prepared {
        var versions: [UnsignedVersion] = []
        /// What the versions will supersede, by certificate.
        var replaced: [CertificateKey: StatusChange] = [:]
    }

    /// The next chunk's exact bytes, decided once.
    func prepare(
        _ change: CertificateChange, of campaign: Campaign, after certificate: CertificateKey?,
        in transaction: any IssuingWriting
    ) throws -> Prepared {
        let issuedAt = now()
        let waiting = try transaction.waitingVersions(of: campaign.id, after: certificate, limit: Self.chunkSize)
        guard !waiting.isEmpty else { return Prepared() }
        let protector = try IdentityProtector(dataKeys)
        var standing: [(version: VersionPayload, claims: CertificateClaims, end: StatusChange?)] = []
        standing.reserveCapacity(waiting.count)
        var replacements: [UnsignedVersion] = []
        var replaced: [CertificateKey: StatusChange] = [:]
        var gone: [CertificateKey] = []
        replacements.reserveCapacity(waiting.count)
        replaced.reserveCapacity(waiting.count)
        let decoded = try waiting.map { ($0.key, try CertificateClaims(decoding: $0.payload[...])) }
        let ends = try transaction.changes(of: decoded)
        for (version, (_, claims)) in zip(waiting, decoded) {
            let end = ends[version.key]
            if [.valid, .suspended].contains(end?.from ?? .valid) {
                standing.append((version, claims, end))
            } else {
                gone.append(version.key.certificate)
            }
        }
        var places = try StatusPlaces(
            standing.count, status, actor: campaign.approval.actor, time: issuedAt, in: transaction)
        for (version, claims, end) in standing {
            replaced[version.key.certificate] = end
            let next = try change.next(after: claims.certificate)
            let key = try key(of: next.institution)
            let place = try places.next()
            let nextClaims = CertificateClaims(
                certificate: next, issuedAt: issuedAt,
                notBefore: claims.notBefore.flatMap { $0 > issuedAt ? $0 : nil }, status: place)
            try check(nextClaims, key: key, at: issuedAt)
            let payload = try nextClaims.encoded()
            replacements.append(
                UnsignedVersion(
                    key: VersionKey(certificate: version.key.certificate, version: next.version), payload: payload,
                    keyID: key.kid.bytes))
        }
        try transaction.passOver(gone, in: campaign.id)
        // Nothing is left of these, and others may wait behind them.
        if replacements.isEmpty {
            return try prepare(change, of: campaign, after: waiting.last?.key.certificate, in: transaction)
        }
        try transaction.insert(replacements, of: campaign.id)
        var corrections: [VersionKey: Correction] = [:]
        if change.isPersonal {
            let sealed = try transaction.sealedVersions(standing.map(\.version.key))
            for (waiting, _, _) in standing {
                guard let version = sealed[waiting.key] else {
                    throw StoreError(.damaged, zh: "缺少要被取代的版本", en: "a version that is being replaced is missing")
                }
                let correction = try correction(change, of: version, campaign.approval, protector)
                try transaction.save(correction)
                corrections[correction.key] = correction
            }
        }
        let hasher = try SHA256Hasher()
        for replacement in replacements { try hasher.update(replacement, corrections[replacement.key]) }
        try transaction.append(
            AuditAct(
                .reissuePrepared, actor: campaign.approval.actor,
                subject: .part(
                    from: replacements[0].key.certificate, of: campaign.id, certificates: replacements.count),
                digest: hasher.finalize(),
                time: issuedAt))
        return Prepared(versions: replacements, replaced: replaced)
    }

    /// What a verifier will ask, before anything is signed.
    private func check(_ claims: CertificateClaims, key: PublicKey, at time: Int) throws(IssuanceError) {
        guard let refused = ClaimsChecks(trust, now: time).refusal(of: claims, signedBy: key.kid) else { return }
        throw IssuanceError(refused, claims.certificate)
    }

    private func correction(
        _ change: CertificateChange, of version: SealedVersion, _ approval: Approval, _ protector: IdentityProtector
    ) throws -> Correction {
        let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
        let before = try protector.open(version.privateBox, for: certificate.id)
        var after = before
        if let number = change.documentNumber {
            after.document = IdentityDocument(kind: before.document.kind, number: number)
        }
        let history = CorrectionHistory(
            nameBefore: certificate.holderName, nameAfter: change.holderName ?? certificate.holderName,
            documentBefore: before.document.number, documentAfter: after.document.number)
        let isOther = after.document != before.document
        let holding = try protector.holding(of: before.document, certificate.occupation, certificate.level)
        return Correction(
            key: VersionKey(certificate: version.key.certificate, version: version.key.version + 1),
            historyBox: try protector.seal(history, of: certificate.id),
            person: isOther ? try protector.pseudonym(of: after.document) : nil,
            privateBox: isOther ? try protector.seal(after, for: certificate.id) : nil,
            recordBefore: isOther ? try holding.digest(withBox: version.privateBox) : nil, approval: approval)
    }

    func key(of institution: InstitutionID) throws(IssuanceError) -> PublicKey {
        guard let key = activeKeys[institution] else {
            throw IssuanceError(
                .keyNotTrusted, zh: "机构 \(institution) 没有已公布的有效密钥",
                en: "institution \(institution) has no published active key",
                remedy: .createKey(institution: "\(institution)"))
        }
        return key
    }
}
