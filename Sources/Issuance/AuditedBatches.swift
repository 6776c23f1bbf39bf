import AuditLog
import Signing
import Store

/// Batches as they were approved, prepared and completed.
struct AuditedBatches: Sendable {
    private var approvals: [String: AuditAct] = [:]
    private var parts: [String: [AuditedPart]] = [:]
    private var completions: [String: Int] = [:]

    mutating func add(_ act: AuditAct) throws {
        switch act.kind {
        case .batchApproved: approvals[act.subject] = act
        case .batchPrepared:
            let words = act.words
            guard words.count == 6, let count = Int(words[5]) else { throw AuditProblem(contradicted: act.subject) }
            parts["batch \(words[1])", default: []].append(AuditedPart(count: count, digest: act.digest))
        case .batchCompleted: completions[act.subject] = completions[act.subject] ?? act.time
        default: break
        }
    }

    func check(against store: any StoreReading) throws {
        let batches = try store.batches()
        guard batches.count == approvals.count else {
            throw AuditProblem(
                .contradicted, "\(approvals.count) batches were approved, but the database has \(batches.count)")
        }
        var prepared: [BatchID: PreparedParts] = [:]
        for batch in batches {
            let subject = batch.id.auditSubject
            guard
                AuditAct(.batchApproved, batch.approval, subject: subject, digest: batch.digest) == approvals[subject],
                batch.completedAt == completions[subject]
            else { throw AuditProblem(contradicted: subject) }
            prepared[batch.id] = try PreparedParts(parts[subject] ?? [])
        }
        try store.forEachVersion { batch, key, payload in
            guard key.version == 1 else { return }
            guard try prepared[batch]?.add({ try $0.update(payload) }) == true else {
                throw AuditProblem(contradicted: "a certificate of \(batch.auditSubject)")
            }
        }
        for batch in batches {
            let progress = try store.progress(of: batch.id)
            guard prepared[batch.id]?.isAtEnd != true || batch.completedAt != nil && progress.sealed < progress.prepared
            else { continue }
            throw AuditProblem(contradicted: "the number of certificates of \(batch.id.auditSubject)")
        }
    }
}

extension BatchID {
    package var auditSubject: String { "batch \(value)" }
}
