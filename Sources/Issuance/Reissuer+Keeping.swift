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
        then next: @escaping @Sendable (any StoreWriting) throws -> T
    ) async throws -> T {
        let time = now()
        return try await store.write { transaction in
            try replace(signed, of: campaign, at: time, in: transaction)
            return try next(transaction)
        }
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
        var revoked: [CertificateKey] = []
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
