import AuditLog
import Credential
import Seal
import Signing
import StatusList
import Store
import Trust

/// Gives certificates a new version under their numbers. docs/issuance-cycle.md explains the order:
/// nobody is ever without a valid version, and killed at any moment and run again, it ends the same.
package struct Reissuer: Sendable {
    private static let chunkSize = 4000

    private let store: any Store
    private let keys: SigningKeys
    /// With which each institution signs now.
    private let activeKeys: [InstitutionID: PublicKey]
    private let dataKeys: DataKeys
    private let trust: VerifiedTrustList
    private let status: StatusTerms
    private let now: @Sendable () -> Int

    package init(
        store: any Store, keys: SigningKeys, activeKeys: [InstitutionID: PublicKey], dataKeys: DataKeys,
        trust: VerifiedTrustList, status: StatusTerms, now: @escaping @Sendable () -> Int
    ) {
        self.store = store
        self.keys = keys
        self.activeKeys = activeKeys
        self.dataKeys = dataKeys
        self.trust = trust
        self.status = status
        self.now = now
    }

    /// Records the approval of exactly these certificates and changes; the same again is found, not added.
    package func approve(
        _ plan: ReissuePlan, name: String, cause: StatusReason, approval: Approval
    ) async throws -> Campaign {
        for institution in plan.institutions.keys { _ = try key(of: institution) }
        let digest = try plan.digest
        let box = try IdentityProtector(dataKeys).seal(plan.change.encoded(), label: Array("campaign|".utf8) + digest)
        return try await store.write { transaction in
            if let known = try transaction.campaign(named: name) {
                guard known.digest == digest else {
                    throw IssuanceError(
                        .contentChanged,
                        "a campaign \"\(name)\" of other certificates or changes exists; give another name")
                }
                return known
            }
            let campaign = try transaction.insertCampaign(
                name: name, digest: digest, cause: cause, changeBox: box, approval: approval, replacing: plan.versions)
            try transaction.append(AuditAct(approving: campaign, of: transaction.members(of: campaign.id)))
            return campaign
        }
    }

    /// Prepares, signs and keeps what the campaign still lacks.
    ///
    /// - Returns: false when somebody paused it.
    package func run(
        _ campaign: Campaign, onProgress: (IssuanceProgress) -> Void = { _ in },
        onStep: (IssuanceStep) throws -> Void = { _ in }
    ) async throws -> Bool {
        guard campaign.completedAt == nil else { return true }
        guard now() <= trust.list.nextUpdate else {
            throw IssuanceError(
                .trustListStale, "the trust list is past its next update; publish a new one: signet trust publish")
        }
        let before = try await store.read { try $0.progress(of: campaign.id) }
        var done = before.sealed
        func report(_ count: Int) {
            done += count
            onProgress(IssuanceProgress(stage: .signing, done: done, total: before.total - before.passedOver))
        }
        let change = try CertificateChange(
            decoding: IdentityProtector(dataKeys).open(
                campaign.changeBox, label: Array("campaign|".utf8) + campaign.digest))
        try onStep(.approved)
        var signed = Signed()
        // An earlier run's, durable and unsigned.
        while true {
            let rest = try await keep(signed, of: campaign) {
                try $0.unsignedReplacements(of: campaign.id, limit: Self.chunkSize)
            }
            report(signed.signatures.count)
            if rest.isEmpty { break }
            signed = Signed(signatures: try await SigningPool.start(SigningPermit(durable: rest), with: keys).value)
        }
        var signing: (task: Task<[VersionSignature], any Error>, replaced: [Int64: StatusChange])?
        signed = Signed()
        var last: Int64 = 0
        do {
            while true {
                // While one chunk is being signed, the next is prepared, and the one before it is kept.
                let (kept, start) = (signed, last)
                let prepared = try await keep(kept, of: campaign) { transaction -> Prepared? in
                    guard try transaction.campaign(named: campaign.name)?.pausedAt == nil else { return nil }
                    return try prepare(change, of: campaign, after: start, in: transaction)
                }
                try onStep(.kept)
                report(kept.signatures.count)
                signed = Signed(signatures: try await signing?.task.value ?? [], replaced: signing?.replaced ?? [:])
                signing = nil
                if let prepared, let end = prepared.versions.last?.key.certificate {
                    last = end
                    try onStep(.prepared)
                    let task = SigningPool.start(SigningPermit(durable: prepared.versions), with: keys)
                    signing = (task, prepared.replaced)
                    continue
                }
                try onStep(.signed)
                if !signed.signatures.isEmpty { continue }
                if prepared == nil { return false }
                break
            }
            try await complete(campaign)
            try onStep(.completed)
            return true
        } catch {
            signing?.task.cancel()
            _ = await signing?.task.result
            throw error
        }
    }

    private func complete(_ campaign: Campaign) async throws {
        let time = now()
        try await store.write { transaction in
            try transaction.complete(campaign.id, at: time)
            try transaction.append(
                AuditAct(
                    .reissueCompleted, actor: campaign.approval.actor, subject: "campaign \(campaign.id.value)",
                    digest: campaign.digest, time: time))
        }
    }

    private func key(of institution: InstitutionID) throws(IssuanceError) -> PublicKey {
        guard let key = activeKeys[institution] else {
            throw IssuanceError(
                .keyNotTrusted,
                "institution \(institution) has no published active key; run: signet keys create \(institution), "
                    + "then signet trust publish")
        }
        return key
    }

    /// One transaction: signatures with the end of what they replace, and whatever comes next.
    private func keep<T: Sendable>(
        _ signed: Signed, of campaign: Campaign,
        then next: @escaping @Sendable (any StoreWriting) throws -> T
    ) async throws -> T {
        let time = now()
        return try await store.write { transaction in
            try replace(signed, of: campaign, at: time, in: transaction)
            return try next(transaction)
        }
    }
}

extension Reissuer {
    private struct Prepared {
        var versions: [UnsignedVersion] = []
        /// What the versions will supersede, by certificate.
        var replaced: [Int64: StatusChange] = [:]
    }

    private struct Signed {
        var signatures: [VersionSignature] = []
        /// As they were when the versions were prepared. None of an earlier run's.
        var replaced: [Int64: StatusChange] = [:]
    }

    /// The next chunk's exact bytes, decided once.
    private func prepare(
        _ change: CertificateChange, of campaign: Campaign, after certificate: Int64, in transaction: any StoreWriting
    ) throws -> Prepared {
        let issuedAt = now()
        let waiting = try transaction.waitingVersions(of: campaign.id, after: certificate, limit: Self.chunkSize)
        guard !waiting.isEmpty else { return Prepared() }
        let protector = try IdentityProtector(dataKeys)
        var places = StatusIndexTaker(status, actor: campaign.approval.actor, time: issuedAt)
        var replacements: [UnsignedVersion] = []
        var replaced: [Int64: StatusChange] = [:]
        var gone: [Int64] = []
        replacements.reserveCapacity(waiting.count)
        replaced.reserveCapacity(waiting.count)
        for version in waiting {
            let claims = try CertificateClaims(decoding: version.payload[...])
            let end = try StatusChange(of: claims, version.key, in: transaction)
            let standing = end?.from ?? .valid
            guard standing == .valid || standing == .suspended else {
                gone.append(version.key.certificate)
                continue
            }
            replaced[version.key.certificate] = end
            let next = try change.next(after: claims.certificate)
            let key = try key(of: next.institution)
            try check(next, key: key)
            let place = try places.take(in: transaction)
            let payload = try CertificateClaims(certificate: next, issuedAt: issuedAt, status: place).encoded()
            replacements.append(
                UnsignedVersion(
                    key: VersionKey(certificate: version.key.certificate, version: next.version), payload: payload,
                    keyID: key.kid.bytes))
        }
        try transaction.passOver(gone, in: campaign.id)
        // Nothing is left of these, and others may wait behind them.
        if replacements.isEmpty {
            return try prepare(change, of: campaign, after: waiting.last?.key.certificate ?? .max, in: transaction)
        }
        try places.save(in: transaction)
        try transaction.insert(replacements, of: campaign.id)
        var corrections: [VersionKey: Correction] = [:]
        if change.isPersonal {
            for version in waiting where !gone.contains(version.key.certificate) {
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
                subject: "campaign \(campaign.id.value) certificates \(replacements.count)", digest: hasher.finalize(),
                time: issuedAt))
        return Prepared(versions: replacements, replaced: replaced)
    }

    /// What a verifier will ask, before anything is signed.
    private func check(_ certificate: Certificate, key: PublicKey) throws(IssuanceError) {
        guard let record = trust.key(key.kid),
            trust.isFiled(
                record, occupationCode: certificate.occupation.code, level: certificate.level, on: certificate.awardDate
            )
        else {
            throw IssuanceError(
                .notFiledOnAwardDate,
                "the trust list has no filing for certificate \(certificate.number) on \(certificate.awardDate); "
                    + "publish the filing or leave the certificate out")
        }
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

    /// The new version's signature and the old one's end, together: whatever happens, one of them is valid.
    private func replace(
        _ signed: Signed, of campaign: Campaign, at time: Int, in transaction: any StoreWriting
    ) throws {
        let signatures = signed.signatures
        guard !signatures.isEmpty else { return }
        var kept: [VersionSignature] = []
        var ended: [StatusChange] = []
        var suspended: [(act: StatusAct, key: VersionKey)] = []
        var revoked: [Int64] = []
        kept.reserveCapacity(signatures.count)
        for signature in signatures {
            let key = VersionKey(certificate: signature.key.certificate, version: signature.key.version - 1)
            if let end = try end(of: key, known: signed.replaced[key.certificate], in: transaction) {
                // Revoked since it was prepared: nothing takes its place.
                if end.from == .revoked || end.from == .superseded {
                    revoked.append(key.certificate)
                    continue
                }
                if end.from == .suspended, let entry = try transaction.statusEntry(at: end.place) {
                    suspended.append((entry.act, signature.key))
                }
                ended.append(end)
            }
            kept.append(signature)
        }
        try transaction.passOver(revoked, in: campaign.id)
        try transaction.insert(kept)
        try transaction.record(
            StatusAct(
                transition: .supersede, reason: campaign.cause, note: campaign.name, actor: campaign.approval.actor,
                time: time), ended)
        for (act, key) in suspended {
            guard let new = try transaction.sealedVersion(key), let change = try StatusChange(of: new, in: transaction)
            else { continue }
            try transaction.record(act, [change])
        }
        if campaign.cause == .corrected { for signature in kept { try transaction.applyCorrection(of: signature.key) } }
    }

    /// The end of a version as it stands now; nil when it names no status list.
    private func end(
        of key: VersionKey, known: StatusChange?, in transaction: any StoreWriting
    ) throws -> StatusChange? {
        if let known {
            return StatusChange(
                key: key, place: known.place, certificateID: known.certificateID,
                from: try transaction.status(at: known.place))
        }
        guard let old = try transaction.sealedVersion(key) else {
            throw StoreError(.damaged, "a version that is being replaced is missing")
        }
        return try StatusChange(of: old, in: transaction)
    }
}
