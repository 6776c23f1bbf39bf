import Approvals
import Audit
import AuditLog
import Credential
import Errors
import Store

/// That what was approved is done.
struct FinishSubmission: Act {
    let evidence: ApprovalEvidence
    let submission: SubmissionID
    let batch: BatchID

    var permission: Permission { .issue }

    func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.conclude(evidence.id, EvidenceOutcome(at: time))
        try transaction.setState(.issued, of: submission, batch: batch, at: time)
    }
}

/// That an approval is none, and why: shown to the officers, and never tried again.
struct RefuseApproval: Act {
    let evidence: ApprovalEvidence
    let words: BilingualText

    var permission: Permission { .approve }

    func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        try transaction.conclude(evidence.id, EvidenceOutcome(at: time, refusal: words))
        if let id = Submission.id(inSubject: evidence.signed.subject),
            try transaction.submission(id)?.state == .approved
        {
            try transaction.setState(.inReview, of: id, batch: nil, at: time)
        }
        try transaction.append(
            AuditAct(
                .approvalRefused, actor: actor.name, subject: .approval(evidence), digest: try evidence.signed.digest,
                reason: words.en, time: time))
    }
}
