import Credential
import Errors
import Seal
import Signing
import StatusList
import Store

/// Signatures become durable together with the end of what they replace.
extension Reissuer {
    struct Signed {
        var signatures: [VersionSignature] = []
        /// As they were when the versions were prepared. None of an earlier run's.
        var replaced: [CertificateKey: StatusChange] = [:]
    }

    /// One transaction: signatures with the end of what they replace, and whatever comes next.
    func keep<T: Sendable>(
        _ signed: Signed, of campaign: Campaign,
        then next: @escaping @Sendable (any IssuingWriting) throws -> T
    ) async throws -> T {
        let time = now()
        return try await store.write { transaction in
            try replace(signed, of: campaign, at: time, in: transaction)
            return try next(transaction)
        }
    }

    /// The new version's signature and the old one's end, together: whatever happens, one of them is valid.
    private func replace(
        _ signed: Signed, of campaign: Campaign, at time: Int, in transaction: any IssuingWriting
    ) throws {
        let signatures = signed.signatures
        guard !signatures.isEmpty else { return }
        var kept: [VersionSignature] = []
        var ended: [StatusChange] = []
        var suspended: [(act: StatusAct, key: VersionKey)] = []
        var revoked: [CertificateKey] = []
        kept.reserveCapacity(signatures.count)
        let keys = signatures.map { VersionKey(certificate: $0.key.certificate, version: $0.key.version - 1) }
        let ends = try ends(of: keys, known: signed.replaced, in: transaction)
        let suspensions = try transaction.statusEntries(
            at: ends.values.filter { $0.from == .suspended }.map(\.place))
        for (signature, key) in zip(signatures, keys) {
            if let end = ends[key] {
                // Revoked since it was prepared: nothing takes its place.
                if end.from == .revoked || end.from == .superseded {
                    revoked.append(key.certificate)
                    continue
                }
                if let entry = suspensions[end.place] {
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
        let changes = try transaction.changes(
            of: Array(transaction.sealedVersions(suspended.map(\.key)).values))
        for (act, key) in suspended { if let change = changes[key] { try transaction.record(act, [change]) } }
        if campaign.cause == .corrected { try transaction.applyCorrections(of: kept.map(\.key)) }
    }

    /// The ends of versions as they stand now; none of one that names no status list.
    ///
    /// - Parameter known: what was found out of some when their replacements were prepared.
    private func ends(
        of keys: [VersionKey], known: [CertificateKey: StatusChange], in transaction: any IssuingWriting
    ) throws -> [VersionKey: StatusChange] {
        let unknown = keys.filter { known[$0.certificate] == nil }
        let old = try transaction.sealedVersions(unknown)
        guard old.count == Set(unknown).count else {
            throw StoreError(.damaged, zh: "缺少要被取代的版本", en: "a version that is being replaced is missing")
        }
        var ends = try transaction.changes(of: Array(old.values))
        let statuses = try transaction.statuses(at: keys.compactMap { known[$0.certificate]?.place })
        for key in keys {
            guard let known = known[key.certificate] else { continue }
            ends[key] = StatusChange(
                key: key, place: known.place, certificateID: known.certificateID, from: statuses[known.place] ?? .valid)
        }
        return ends
    }
}
