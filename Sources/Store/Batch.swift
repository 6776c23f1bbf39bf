import Credential

package struct BatchID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

/// Who let a batch be signed, and when. The approval is of the digest, so of exactly that content.
package struct Approval: Hashable, Sendable {
    package let actor: String
    package let reason: String
    /// Seconds since 1970.
    package let time: Int

    package init(actor: String, reason: String, time: Int) {
        self.actor = actor
        self.reason = reason
        self.time = time
    }
}

/// An approved batch: one institution's results, frozen by the digest of their content.
package struct Batch: Hashable, Sendable {
    package let id: BatchID
    package let digest: [UInt8]
    package let institution: InstitutionID
    package let awardDate: CalendarDate
    package let approval: Approval
    /// Seconds since 1970; nil while any of its certificates is unsigned.
    package var completedAt: Int?

    package init(
        id: BatchID, digest: [UInt8], institution: InstitutionID, awardDate: CalendarDate, approval: Approval,
        completedAt: Int?
    ) {
        self.id = id
        self.digest = digest
        self.institution = institution
        self.awardDate = awardDate
        self.approval = approval
        self.completedAt = completedAt
    }
}

/// A run of rows that is prepared in one transaction, so that any worker may take it up.
package struct BatchChunk: Hashable, Sendable {
    package let position: Int
    /// Of the chunk's content: a file that changed since approval is refused before anything is signed.
    package let digest: [UInt8]

    package init(position: Int, digest: [UInt8]) {
        self.position = position
        self.digest = digest
    }
}

/// How far a batch has come, counted from what is durable.
package struct BatchProgress: Hashable, Sendable {
    package let prepared: Int
    package let sealed: Int
    /// Rows passed over because their holder already had the certificate.
    package let skipped: Int

    package init(prepared: Int, sealed: Int, skipped: Int) {
        self.prepared = prepared
        self.sealed = sealed
        self.skipped = skipped
    }
}
