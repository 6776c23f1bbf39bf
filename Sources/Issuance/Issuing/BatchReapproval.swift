import Audit
import AuditLog
import Store

/// A batch that was approved is approved on other terms: another look of its documents, or another key for the
/// certificates that still lack a signature. What was issued stays as it is.
package struct BatchReapproval: Sendable {
    private let store: any IssuingStore

    package init(store: any IssuingStore) { self.store = store }

    /// - Parameters:
    ///   - statement: of the same content.
    ///   - photos: SHA-256 of each row's photo; nil when they stay.
    package func approve(
        _ batch: Batch, _ statement: BatchStatement, photos: [Int: [UInt8]]?, _ approval: Approval
    ) async throws -> Batch {
        guard statement.content == batch.content, statement.awardDate == batch.awardDate else {
            throw Issuer.contentChanged
        }
        let approved = try BatchApproval(statement, approval)
        try await store.write { transaction in
            try transaction.approve(batch.id, approved)
            if let photos { try transaction.save(photos: photos, of: batch.id) }
            try transaction.append(
                AuditAct(.batchReapproved, approval, subject: .batch(batch.id), digest: approved.digest))
        }
        return Batch(
            id: batch.id, content: batch.content, institution: batch.institution, awardDate: batch.awardDate,
            approved: approved, completedAt: batch.completedAt)
    }
}
