/// One act as it is written down: who did what to which thing, why and when.
///
/// No holder data: certificates are named by their ids, persons not at all.
package struct AuditAct: Hashable, Sendable {
    /// What was done. The raw values are part of the format.
    package enum Kind: String, Sendable, CaseIterable {
        case initialised = "init"
        case registryImported = "registry-import"
        case keyCreated = "key-create"
        case keyScheduled = "key-schedule"
        case keyRetired = "key-retire"
        case keyCompromised = "key-compromise"
        case trustPublished = "trust-publish"
        case rowSettled = "row-settle"
        case batchApproved = "batch-approve"
        /// Of the same content, on other terms.
        case batchReapproved = "batch-reapprove"
        case batchPrepared = "batch-prepare"
        case batchCompleted = "batch-complete"
        case statusChanged = "status-change"
        case statusesKept = "status-keep"
        case statusListBegun = "status-begin"
        case statusListPublished = "status-publish"
        case corrected = "correct"
        case reissueApproved = "reissue-approve"
        case reissuePrepared = "reissue-prepare"
        case reissuePaused = "reissue-pause"
        case reissueResumed = "reissue-resume"
        case reissueCompleted = "reissue-complete"
        case backedUp = "backup"
        case restoreAccepted = "restore-accept"
        case documentsPrinted = "documents-print"
        case documentsDownloaded = "documents-download"
        case apiKeyCreated = "api-key-create"
        case apiKeyEnded = "api-key-end"
        case accountCreated = "account-create"
        case accountChanged = "account-change"
        case accountEnded = "account-end"
        case approverAdded = "approver-add"
        case approverEnded = "approver-end"
        /// Whether acts need signed statements.
        case approvalsSet = "approvals-set"
        case approvalSigned = "approval-sign"
        case approvalRefused = "approval-refuse"
        case sheetSubmitted = "sheet-submit"
        case sheetReturned = "sheet-return"
        case sheetWithdrawn = "sheet-withdraw"
        case reviewBegun = "review-begin"
        /// A file of a batch, by somebody of the office.
        case batchFileTaken = "batch-file-take"
        case frozenFileTaken = "frozen-file-take"
        case holdersInvited = "holders-invite"
        case holderClaimed = "holder-claim"
        case shareCreated = "share-create"
        case shareCancelled = "share-cancel"
    }

    package let kind: Kind
    package let actor: String
    /// The thing.
    package let subject: AuditSubject
    /// Of the content that the act was about; empty when there is none.
    package let digest: [UInt8]
    package let reason: String
    /// Seconds since 1970.
    package let time: Int

    package init(
        _ kind: Kind, actor: String, subject: AuditSubject, digest: [UInt8] = [], reason: String = "", time: Int
    ) {
        self.kind = kind
        self.actor = actor
        self.subject = subject
        self.digest = digest
        self.reason = reason
        self.time = time
    }
}
