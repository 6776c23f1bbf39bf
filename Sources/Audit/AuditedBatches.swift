import AuditLog
import Credential
import Errors
import Seal
import Signing
import Store

/// Batches as they were approved, prepared and completed.
struct AuditedBatches: Sendable {
    private var approvals: [BatchID: [AuditAct]] = [:]
    private var parts: [BatchID: [AuditedPart]] = [:]
    private var completions: [BatchID: Int] = [:]

    mutating func add(_ act: AuditAct) throws {
        guard [.batchApproved, .batchReapproved, .batchPrepared, .batchCompleted].contains(act.kind) else { return }
        guard let batch = act.subject[number: .batch].map({ BatchID(Int64($0)) }) else {
            throw AuditProblem(contradicted: act.words)
        }
        switch act.kind {
        case .batchPrepared:
            guard let part = act.subject[number: .part], let count = act.subject[number: .certificates] else {
                throw AuditProblem(contradicted: act.words)
            }
            parts[batch, default: []].append(
                AuditedPart(
                    position: CertificateKey(batch: batch, row: part), count: count, digest: act.digest))
        case .batchCompleted: completions[batch] = completions[batch] ?? act.time
        default: approvals[batch, default: []].append(act)
        }
    }

    func check(against store: any StoreReading) throws {
        let batches = try store.batches()
        guard batches.count == approvals.count else {
            throw AuditProblem(
                .contradicted, zh: "批准过 \(approvals.count) 个批次，但数据库中有 \(batches.count) 个",
                en: "\(approvals.count) batches were approved, but the database has \(batches.count)")
        }
        var prepared: [BatchID: PreparedParts] = [:]
        for batch in batches {
            let approvals = try store.approvals(of: batch.id)
            let acts = try approvals.enumerated().compactMap { try $1.act(isFirst: $0 == 0, batch.id) }
            guard acts.count == approvals.count, acts == self.approvals[batch.id],
                try isAsApproved(batch, store), batch.completedAt == completions[batch.id]
            else { throw AuditProblem(contradictedZh: "批次 \(batch.id.value)", en: "batch \(batch.id.value)") }
            prepared[batch.id] = try PreparedParts(parts[batch.id] ?? [])
        }
        let records = try AuditedRecords(store)
        var terms: Set<BatchID> = []
        try store.forEachCertificate { certificate in
            let batch = certificate.batch
            let isRight = try prepared[batch]?.add { hasher in
                guard let record = try records.first(of: certificate) else {
                    throw AuditProblem(
                        contradictedZh: "批次 \(batch.value) 中一位持证人的留存内容",
                        en: "what is kept of a holder in batch \(batch.value)")
                }
                try hasher.update(certificate.content, record: record)
            }
            guard isRight == true else {
                throw AuditProblem(
                    contradictedZh: "批次 \(batch.value) 的一份证书", en: "a certificate of batch \(batch.value)")
            }
            if terms.insert(batch).inserted { try check(batches.first { $0.id == batch }, against: certificate) }
        }
        for batch in batches {
            let progress = try store.progress(of: batch.id)
            guard prepared[batch.id]?.isAtEnd != true || batch.completedAt != nil && progress.sealed < progress.prepared
            else { continue }
            throw AuditProblem(
                contradictedZh: "批次 \(batch.id.value) 的证书数", en: "the number of certificates of batch \(batch.id.value)"
            )
        }
    }

    /// Whether what is kept of the batch is what its newest statement says.
    private func isAsApproved(_ batch: Batch, _ store: any StoreReading) throws -> Bool {
        guard let statement = batch.statement else { return false }
        return try statement.content == batch.content && statement.institution == batch.institution
            && statement.awardDate == batch.awardDate
            && statement.look == statement.look.with(photos: store.photos(of: batch.id))
    }

    /// For whom, and for which day: the same in each certificate of a batch.
    private func check(_ batch: Batch?, against certificate: AuditedCertificate) throws {
        let signed = try CertificateClaims(decoding: certificate.content.payload[...]).certificate
        guard let batch, signed.institution == batch.institution, signed.awardDate == batch.awardDate else {
            throw AuditProblem(contradictedZh: "批次 \(certificate.batch.value)", en: "batch \(certificate.batch.value)")
        }
    }
}

extension BatchApproval {
    /// The act that must be on record for it, if the statement is the one that the digest is of.
    fileprivate func act(isFirst: Bool, _ batch: BatchID) throws -> AuditAct? {
        guard try SHA256.digest(Array(statement.utf8)) == digest else { return nil }
        return AuditAct(isFirst ? .batchApproved : .batchReapproved, approval, subject: .batch(batch), digest: digest)
    }
}
