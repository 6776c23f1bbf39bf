import Credential
import Eligibility
import Results
import Signing
import Store

/// A sheet that has been read and judged: what would be certified, frozen by its digest.
package struct BatchPlan: Sendable {
    /// An occupation and level of which the sheet has results to certify.
    package struct Scope: Hashable, Sendable {
        package let occupation: Occupation
        package let level: SkillLevel
    }

    package let institution: InstitutionID
    /// Of what is certified; the award date, the key and the look are beside it in a ``BatchStatement``.
    package let digest: [UInt8]
    package let bins: BinCounts
    let chunks: [BatchChunk]
    /// Of each chunk's text, by position.
    let textDigests: [[UInt8]]
    /// Rows not certified because of another row, or because their holders have the certificate.
    package let withheld: Set<Int>
    /// Resits that are certified with parts of earlier attempts, by row.
    let joined: [Int: EligibleResult]
    /// Resits that failed, to be recorded with the approval.
    let failedResits: [AttemptRecord]
    /// How many candidates without a certificate will be recorded chunk by chunk.
    let attemptCount: Int
    let scopes: Set<Scope>
    /// Rows that need not be judged again.
    let kept: KeptRows
    /// The latest exam among the rows to be certified.
    package let latestExam: CalendarDate?
    /// Where rows ended that more than themselves decided, by row.
    package let rebinned: [Int: Bin]
    /// What was found about them, but for those issued before, of which there may be very many.
    let findings: [Int: [Finding]]
    /// results.md, 53: set when somebody declares another number of candidates than there are; such a plan is for
    /// looking at only.
    package internal(set) var countProblem: SheetProblem?

    /// True when there is neither a certificate to issue nor an attempt to record.
    package var isEmpty: Bool { bins[.issued] == 0 && attemptCount == 0 && failedResits.isEmpty }
}

extension BatchStatement {
    package init(
        _ plan: BatchPlan, awardDate: CalendarDate, key: KeyID, registryVersion: Int, look: DocumentLook
    ) {
        self.init(
            content: plan.digest, institution: plan.institution, awardDate: awardDate, key: key,
            registryVersion: registryVersion, look: look)
    }
}
