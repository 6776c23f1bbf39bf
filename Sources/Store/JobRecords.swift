import Credential

package struct JobID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }

    /// Of the lease of whoever carries it out.
    package var leaseName: String { "job-\(value)" }
}

/// Something that takes longer than a request, asked for.
package struct NewJob: Hashable, Sendable {
    package let kind: String
    /// What it is about, like `batch 12`.
    package let subject: String
    /// Nil for what belongs to no institution.
    package let institution: InstitutionID?
    /// Two that would do the same have one key.
    package let key: String
    /// What its kind needs to know, encrypted when it is of a person.
    package let parameters: [UInt8]
    /// Who asked for it; nil for what Signet does by itself.
    package let by: AccountID?
    /// Seconds since 1970, as all instants here.
    package let askedAt: Int

    package init(
        kind: String, subject: String, institution: InstitutionID?, key: String, parameters: [UInt8] = [],
        by: AccountID?, askedAt: Int
    ) {
        (self.kind, self.subject, self.institution, self.key) = (kind, subject, institution, key)
        (self.parameters, self.by, self.askedAt) = (parameters, by, askedAt)
    }
}

/// Something that takes longer than a request, and how far it has come.
package struct Job: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// Waits for somebody to take it.
        case queued
        /// Taken. When its lease has ended, the next may take it.
        case running
        case paused, done, failed, cancelled

        /// Whether nothing more happens by itself.
        package var isEnded: Bool { self == .done || self == .failed || self == .cancelled }
    }

    package let id: JobID
    package let asked: NewJob
    package let state: State
    /// Of ``total``, which is 0 until it is known.
    package let done: Int
    package let total: Int
    /// How often it was taken.
    package let tries: Int
    /// Why it failed: one line in Chinese, one in English. Never of a person.
    package let problem: String
    /// Of the last change of its state.
    package let changedAt: Int
    package let result: JobResult?

    package init(
        id: JobID, asked: NewJob, state: State, done: Int, total: Int, tries: Int, problem: String, changedAt: Int,
        result: JobResult?
    ) {
        (self.id, self.asked, self.state, self.done, self.total) = (id, asked, state, done, total)
        (self.tries, self.problem, self.changedAt, self.result) = (tries, problem, changedAt, result)
    }
}

/// A file that a job made, kept for some days in encrypted pieces.
package struct JobResult: Hashable, Sendable {
    /// How long it is kept.
    package static let seconds = 7 * 86_400

    package let fileName: String
    /// As HTTP's `Content-Type` has it.
    package let mediaType: String
    /// Before encryption.
    package let byteCount: Int
    package let pieceCount: Int

    package init(fileName: String, mediaType: String, byteCount: Int, pieceCount: Int) {
        (self.fileName, self.mediaType) = (fileName, mediaType)
        (self.byteCount, self.pieceCount) = (byteCount, pieceCount)
    }
}

/// A job in the hands of whoever carries it out.
package struct TakenJob: Hashable, Sendable {
    package let job: Job
    /// Proves it, in each write.
    package let lease: Lease

    package init(job: Job, lease: Lease) { (self.job, self.lease) = (job, lease) }
}
