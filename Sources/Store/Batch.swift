import Credential

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

/// What somebody approved of a batch: the statement, whose digest was named, and by whom.
package struct BatchApproval: Hashable, Sendable {
    /// SHA-256 of the statement.
    package let digest: [UInt8]
    package let statement: String
    package let approval: Approval

    package init(digest: [UInt8], statement: String, approval: Approval) {
        self.digest = digest
        self.statement = statement
        self.approval = approval
    }
}

/// An approved batch: one institution's results, frozen by the digest of their content.
package struct Batch: Hashable, Sendable {
    package let id: BatchID
    /// Of the rows to be certified: a batch is known by it.
    package let content: [UInt8]
    package let institution: InstitutionID
    package let awardDate: CalendarDate
    /// The newest approval, which holds.
    package let approved: BatchApproval
    /// Seconds since 1970; nil while any of its certificates is unsigned.
    package var completedAt: Int?

    package var digest: [UInt8] { approved.digest }
    package var approval: Approval { approved.approval }

    package init(
        id: BatchID, content: [UInt8], institution: InstitutionID, awardDate: CalendarDate, approved: BatchApproval,
        completedAt: Int?
    ) {
        self.id = id
        self.content = content
        self.institution = institution
        self.awardDate = awardDate
        self.approved = approved
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
